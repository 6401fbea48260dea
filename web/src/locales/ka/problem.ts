export default {
  REQUIRED: 'საჭიროა',
  TOO_SHORT: 'ძალიან მოკლეა',
  TOO_LONG: 'ძალიან გრძელია',
  OUT_OF_RANGE: 'დასაშვებ ფარგლებს სცდება',
  BAD_FORMAT: 'არასწორადაა ჩაწერილი',
  BAD_DATE: 'ასეთი თარიღი არ არსებობს',
  IN_THE_PAST: 'წარსულში არ უნდა იყოს',
  IN_THE_FUTURE: 'მომავალში არ უნდა იყოს',
  NOT_UNIQUE: 'უკვე სხვას ეკუთვნის',
  WRONG_SECRET: 'არასწორია ან ვადაგასულია',
  OTHER: 'მიღება შეუძლებელია',
};
