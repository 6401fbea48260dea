/** Days and months in words. Browsers do not have them in every language: Chromium has none in Georgian. */
export default {
  months: 'January February March April May June July August September October November December',
  shortMonths: 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec',
  weekdays: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday',
  shortWeekdays: 'Sun Mon Tue Wed Thu Fri Sat',
  shortDay: '{weekday} {day} {month}',
  short: '{day} {month} {year}',
  long: '{weekday}, {day} {month} {year}',
  month: '{month} {year}',
};
