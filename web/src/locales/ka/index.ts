import type { Messages } from '../../lib/i18n';
import appointment from './appointment';
import appointmentType from './appointment-type';
import audit from './audit';
import clinic from './clinic';
import common from './common';
import date from './date';
import error from './error';
import keys from './keys';
import look from './look';
import patient from './patient';
import practitioner from './practitioner';
import problem from './problem';
import record from './record';
import session from './session';
import settings from './settings';
import shell from './shell';
import user from './user';

/** ქართული. A key that English has and this has not is an error of types. */
export default { appointment, appointmentType, audit, clinic, common, date, error, keys, look, patient, practitioner, problem, record, session, settings, shell, user } satisfies Messages;
