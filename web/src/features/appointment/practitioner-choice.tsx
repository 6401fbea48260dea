import { ChevronDown, ListFilter } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { buttonClass } from '../../components/button';
import { Checkbox } from '../../components/checkbox';
import { popoverClass } from '../../components/option';
import type { CalendarPractitionersQuery } from '../../gql/appointment';
import { useI18n } from '../../lib/i18n';

export type Practitioner = CalendarPractitionersQuery['practitioners']['nodes'][number];

interface Props {
  all: readonly Practitioner[];
  /** Nobody means everybody. */
  chosen: readonly string[];
  onChange: (practitionerIds: string[]) => void;
}

/** Whose columns are shown. */
export default function PractitionerChoice({ all, chosen, onChange }: Props) {
  const { t } = useI18n();
  const isChosen = (id: string) => chosen.length === 0 || chosen.includes(id);
  const toggle = (id: string, isSelected: boolean) => {
    const next = all.map((one) => one.id).filter((one) => (one === id ? isSelected : isChosen(one)));
    onChange(next.length === all.length ? [] : next);
  };
  const words = chosen.length === 0 ? t('calendar.allDoctors') : t('calendar.someDoctors', { count: chosen.length, all: all.length });
  return (
    <DialogTrigger>
      <Button className={buttonClass('quiet')}>
        <ListFilter className="size-4" aria-hidden="true" />
        <span>{words}</span>
        <ChevronDown className="size-4 text-ink-3" aria-hidden="true" />
      </Button>
      <Popover className={`${popoverClass} w-72`} placement="bottom start">
        <Dialog aria-label={t('calendar.doctors')} className="grid gap-1 p-2 outline-none">
          <Checkbox isSelected={chosen.length === 0} onChange={() => onChange([])}>
            {t('calendar.allDoctors')}
          </Checkbox>
          <hr className="my-1 border-line" />
          {all.map(({ id, displayName }) => (
            <Checkbox key={id} isSelected={isChosen(id)} onChange={(isSelected) => toggle(id, isSelected)}>
              {displayName}
            </Checkbox>
          ))}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
