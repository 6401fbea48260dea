import { Dialog } from '../../components/dialog';
import { useI18n } from '../../lib/i18n';

interface Props {
  onClose: () => void;
  appointmentId: string;
}

export default function VisitWindow({ onClose }: Props) {
  const { t } = useI18n();
  return <Dialog title={t('visit.title')} onClose={onClose}>{null}</Dialog>;
}
