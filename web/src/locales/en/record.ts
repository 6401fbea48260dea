export default {
  diagnosis: 'Diagnosis',
  prescription: 'Prescription',
  date: 'Date',
  status: 'Status',
  DRAFT: 'Draft',
  SIGNED: 'Signed',
  AMENDED: 'Amended',
  ENTERED_IN_ERROR: 'Entered in error',
  count: { one: '{count} record', other: '{count} records' },
  none: 'There are no such records.',
};
