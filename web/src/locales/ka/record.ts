export default {
  diagnosis: 'დიაგნოზი',
  prescription: 'დანიშნულება',
  date: 'თარიღი',
  status: 'სტატუსი',
  DRAFT: 'მონახაზი',
  SIGNED: 'ხელმოწერილი',
  AMENDED: 'შესწორებული',
  ENTERED_IN_ERROR: 'შეცდომით',
  count: { one: '{count} ჩანაწერი', other: '{count} ჩანაწერი' },
  none: 'ასეთი ჩანაწერები არ არის.',
};
