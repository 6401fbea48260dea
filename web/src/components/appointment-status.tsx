import { Check, CircleX, Circle, CirclePlay, Clock, type LucideIcon, UserX } from 'lucide-react';
import { Badge, type Tone } from './badge';
import type { AppointmentStatus } from '../gql/appointment';
import { useI18n } from '../lib/i18n';

/** The icon and the tone of each status. */
export const statusLooks: Record<AppointmentStatus, { icon: LucideIcon; tone: Tone }> = {
  REQUESTED: { icon: Circle, tone: 'plain' },
  BOOKED: { icon: Circle, tone: 'plain' },
  CHECKED_IN: { icon: Clock, tone: 'warn' },
  IN_PROGRESS: { icon: CirclePlay, tone: 'accent' },
  COMPLETED: { icon: Check, tone: 'plain' },
  CANCELLED: { icon: CircleX, tone: 'plain' },
  NO_SHOW: { icon: UserX, tone: 'danger' },
  ENTERED_IN_ERROR: { icon: CircleX, tone: 'plain' },
};

/** Where a visit stands: icon, word and tone. */
export function AppointmentStatusBadge({ status }: { status: AppointmentStatus }) {
  const { t } = useI18n();
  const { icon: Icon, tone } = statusLooks[status];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden="true" />}>
      {t(`appointment.${status}`)}
    </Badge>
  );
}
