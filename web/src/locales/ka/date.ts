export default {
  months: 'იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი',
  shortMonths: 'იან თებ მარ აპრ მაი ივნ ივლ აგვ სექ ოქტ ნოე დეკ',
  weekdays: 'კვირა ორშაბათი სამშაბათი ოთხშაბათი ხუთშაბათი პარასკევი შაბათი',
  shortWeekdays: 'კვი ორშ სამ ოთხ ხუთ პარ შაბ',
  shortDay: '{weekday} {day} {month}',
  short: '{day} {month} {year}',
  long: '{weekday}, {day} {month} {year}',
  month: '{month} {year}',
};
