import { Plus } from 'lucide-react';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';

interface Props {
  startsAt: string;
  tabIndex: number;
  onBook: (startsAt: string) => void;
}

/** Free time in a column: empty until one points at it. */
export function FreeSlot({ startsAt, tabIndex, onBook }: Props) {
  const { t } = useI18n();
  const { time } = useFormats();
  return (
    <button
      type="button"
      data-item={Date.parse(startsAt)}
      tabIndex={tabIndex}
      onClick={() => onBook(startsAt)}
      className="calendar-slot flex size-full items-center rounded-1 border border-dashed border-transparent px-1.5 text-small leading-4 focus-visible:z-3 focus-visible:-outline-offset-1"
    >
      <span className="flex min-w-0 items-center gap-1.5 font-medium">
        <Plus className="size-3.5 shrink-0" aria-hidden="true" />
        <span className="tabular">{time(startsAt)}</span>
        <span className="truncate pointer-coarse:sr-only">{t('calendar.book')}</span>
      </span>
    </button>
  );
}
