import access from './access';
import allergy from './allergy';
import appointment from './appointment';
import booking from './booking';
import calendar from './calendar';
import common from './common';
import date from './date';
import error from './error';
import glass from './glass';
import history from './history';
import keys from './keys';
import look from './look';
import patient from './patient';
import problem from './problem';
import record from './record';
import session from './session';
import shell from './shell';
import visit from './visit';

/** English, which says which keys there are: one file a noun. */
export default { access, allergy, appointment, booking, calendar, common, date, error, glass, history, keys, look, patient, problem, record, session, shell, visit };
