import { useI18n } from '../lib/i18n';
import { LinkTabs } from './link-tabs';

/** The parts of what is set for the whole clinic. */
export function ClinicTabs() {
  const { t } = useI18n();
  const tabs = [
    { href: '/clinic', label: t('clinic.clinic') },
    { href: '/clinic/appointment-types', label: t('appointmentType.all') },
    { href: '/clinic/rooms', label: t('clinic.rooms') },
  ];
  return <LinkTabs label={t('clinic.parts')} tabs={tabs} />;
}
