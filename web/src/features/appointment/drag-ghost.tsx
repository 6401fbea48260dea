import { TriangleAlert } from 'lucide-react';
import { cn } from '../../components/cn';
import { PersonName } from '../../components/person-name';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { type CalendarColumn, isFree } from './columns';
import type { Drag } from './use-drag';

/** Where a visit would stand that is dragged: from when until when, and whether that is free. */
export function DragGhost({ drag, column }: { drag: Drag; column: CalendarColumn }) {
  const { t } = useI18n();
  const { time } = useFormats();
  const clock = (minute: number) => time(new Date(column.day.origin + minute * 60_000).toISOString());
  const fits = isFree(column, drag, drag.visit.id);
  return (
    <div
      data-ghost
      aria-hidden="true"
      className={cn(
        'flex size-full flex-wrap content-start gap-x-1.5 overflow-hidden rounded-1 border border-s-3 px-1.5 text-small leading-4 shadow-2', drag.to - drag.from >= 28 && 'pt-1',
        fits ? 'border-accent bg-accent-soft text-ink' : 'border-dashed border-danger bg-danger-soft text-danger-text',
      )}
    >
      <span className="inline-flex items-center gap-1 font-semibold tabular">
        {!fits && <TriangleAlert className="size-3.5 shrink-0" />}
        {clock(drag.from)}–{clock(drag.to)}
      </span>
      {!fits && <span className="font-medium">{t('calendar.notFree')}</span>}
      <span className="truncate">
        <PersonName>{drag.visit.patient.displayName}</PersonName>
      </span>
    </div>
  );
}
