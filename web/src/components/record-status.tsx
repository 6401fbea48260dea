import { Check, CircleX, PencilLine, SquarePen } from 'lucide-react';
import { Badge } from './badge';
import type { MedicalRecordStatus } from '../gql/record';
import { useI18n } from '../lib/i18n';

const looks = {
  DRAFT: { icon: PencilLine, tone: 'warn' },
  SIGNED: { icon: Check, tone: 'ok' },
  AMENDED: { icon: SquarePen, tone: 'accent' },
  ENTERED_IN_ERROR: { icon: CircleX, tone: 'danger' },
} as const;

/** Whether a record is still written, signed, or changed since. */
export function RecordStatusBadge({ status }: { status: MedicalRecordStatus }) {
  const { t } = useI18n();
  const { icon: Icon, tone } = looks[status];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden="true" />}>
      {t(`record.${status}`)}
    </Badge>
  );
}
