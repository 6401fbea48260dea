import type { Messages } from '../../lib/i18n';
import appointment from './appointment';
import common from './common';
import date from './date';
import error from './error';
import keys from './keys';
import look from './look';
import patient from './patient';
import problem from './problem';
import record from './record';
import session from './session';
import shell from './shell';

/** ქართული. A key that English has and this has not is an error of types. */
export default { appointment, common, date, error, keys, look, patient, problem, record, session, shell } satisfies Messages;
