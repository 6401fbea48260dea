import type { LaterMessages } from '../../lib/i18n';
import account from './account';
import appointmentType from './appointment-type';
import audit from './audit';
import clinic from './clinic';
import playground from './playground';
import practitioner from './practitioner';
import settings from './settings';
import user from './user';

export default { account, appointmentType, audit, clinic, playground, practitioner, settings, user } satisfies LaterMessages;
