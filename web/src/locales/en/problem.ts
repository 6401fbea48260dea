export default {
  REQUIRED: 'is needed',
  TOO_SHORT: 'is too short',
  TOO_LONG: 'is too long',
  OUT_OF_RANGE: 'is out of range',
  BAD_FORMAT: 'is not written as it has to be',
  BAD_DATE: 'is no day of the calendar',
  IN_THE_PAST: 'must not lie in the past',
  IN_THE_FUTURE: 'must not lie in the future',
  NOT_UNIQUE: 'belongs to somebody else',
  WRONG_SECRET: 'is wrong or too late',
  OTHER: 'cannot be taken',
};
