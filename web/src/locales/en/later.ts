import account from './account';
import appointmentType from './appointment-type';
import audit from './audit';
import clinic from './clinic';
import playground from './playground';
import practitioner from './practitioner';
import settings from './settings';
import user from './user';

/** What the first screen does not say: loaded with the pages that do. */
export default { account, appointmentType, audit, clinic, playground, practitioner, settings, user };
