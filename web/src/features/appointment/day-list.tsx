import { Empty } from '../../components/states';
import { useI18n } from '../../lib/i18n';
import { AppointmentTable } from './appointment-table';
import type { CalendarColumn } from './columns';
import { visitsOf } from './today-panel';

/** The day's visits as a table, in their order. */
export default function DayList({ columns, isStale }: { columns: readonly CalendarColumn[]; isStale: boolean }) {
  const { t } = useI18n();
  const rows = visitsOf(columns);
  return (
    <div className="min-h-0 min-w-0 flex-1 overflow-auto bg-surface">
      {rows.length === 0 ? <Empty title={t('appointment.noneOnDay')} /> : <AppointmentTable rows={rows} isOneDay isStale={isStale} />}
    </div>
  );
}
