import { Ban, Check } from 'lucide-react';
import { Badge } from '../../components/badge';
import { useI18n } from '../../lib/i18n';

/** Whether somebody can sign in. */
export function StateBadge({ isActive }: { isActive: boolean }) {
  const { t } = useI18n();
  return isActive ? (
    <Badge tone="ok" icon={<Check aria-hidden="true" />}>
      {t('user.active')}
    </Badge>
  ) : (
    <Badge tone="danger" icon={<Ban aria-hidden="true" />}>
      {t('user.inactive')}
    </Badge>
  );
}
