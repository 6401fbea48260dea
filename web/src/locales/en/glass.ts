export default {
  closed: 'This chart is closed to you',
  closedWhy:
    'The patient is restricted, and you are not of the care team. A member of the team can add you to it. If care cannot wait, you can open the chart for an hour, with a reason.',
  closedThen: 'The patient is restricted, and you are not of the care team. That holds for the past too. Go back to now to open the chart.',
  break: 'Break the glass…',
  breakTitle: 'Open a closed chart',
  breakWhy: 'It opens this chart to you for 60 minutes. Administrators see at once that you did and why, and everything you read and write is marked.',
  breakIt: 'Open the chart',
  open: 'You broke the glass of this chart.',
  openUntil: 'You broke the glass: this chart is open to you until {time}.',
  recorded: 'Everything you read here is recorded.',
  close: 'Close it now',
};
