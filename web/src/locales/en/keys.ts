export default {
  find: 'Find a patient',
  all: 'All keys',
  bar: 'Actions',
  undo: 'Undo',
  nextRow: 'Next row',
  previousRow: 'Previous row',
  choose: 'choose',
  open: 'open',
  letters: 'Single letters act outside of fields',
};
