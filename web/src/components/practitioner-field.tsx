import { Stethoscope, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button';
import { ComboField } from './combo-field';
import { cn } from './cn';
import type { FieldProps } from './field';
import { PersonName } from './person-name';
import { BookablePractitionersDocument, type BookablePractitionersQuery, type PractitionerWhere } from '../gql/appointment';
import { errorWords } from '../lib/form';
import { useI18n } from '../lib/i18n';
import { useApiQuery } from '../lib/use-api';

const pause = 80;
const most = 50;

export type Bookable = BookablePractitionersQuery['practitioners']['nodes'][number];

interface Props extends FieldProps {
  practitioner: Bookable | null;
  onChoose: (practitioner: Bookable | null) => void;
  /** Hears what is typed, for a form that has to refuse words that nobody was chosen by. */
  onType?: (typed: string) => void;
  /** Who cannot be chosen again. */
  without?: readonly string[];
  autoFocus?: boolean;
  placeholder?: string;
}

/** Each word is of the name or the specialty, in either script; titles say nothing. */
function whereOf(typed: string): PractitionerWhere {
  const words = typed.split(/\s+/).filter((word) => word && !/^dr\.?$/i.test(word));
  return {
    isActive: true,
    and: words.slice(0, 10).map((contains) => ({
      or: [{ familyName: { contains } }, { givenName: { contains } }, { specialty: { contains } }],
    })),
  };
}

/** Finds whoever can be booked by name or specialty; opens with all of them. */
export function PractitionerField({ practitioner, onChoose, onType, without = [], ...field }: Props) {
  const { t } = useI18n();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), pause);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data, error, isOld, retry } = useApiQuery(BookablePractitionersDocument, { where: whereOf(asked), first: most }, { keepsOld: true });
  const found = (data?.practitioners.nodes ?? []).filter(({ id }) => !without.includes(id));
  const isCurrent = asked === typed.trim() && (!isOld || error !== null);
  return (
    <ComboField
      {...field}
      icon={<Stethoscope className="size-4 shrink-0 text-ink-3" aria-hidden="true" />}
      typed={practitioner?.displayName ?? typed}
      onType={(next) => {
        setTyped(next);
        onType?.(next);
        if (practitioner) onChoose(null);
      }}
      opensOnFocus={practitioner === null}
      isCurrent={isCurrent}
      onChoose={(id) => {
        onChoose(found.find((one) => one.id === id) ?? null);
        setTyped('');
        onType?.('');
      }}
      items={found.map((one) => ({
        id: one.id,
        line: (lineId, isSelected, choose) => (
          <div
            key={one.id}
            id={lineId}
            role="option"
            tabIndex={-1}
            aria-selected={isSelected}
            onClick={choose}
            className={cn(
              'flex min-h-8 cursor-pointer flex-wrap items-baseline gap-x-3 rounded-2 px-2 py-1 pointer-coarse:min-h-control',
              isSelected ? 'bg-accent-soft shadow-[inset_3px_0_var(--accent)]' : 'hover:bg-hover',
            )}
          >
            <b className="font-semibold">
              <PersonName>{one.displayName}</PersonName>
            </b>
            <span className="text-small text-ink-2">{one.specialty}</span>
          </div>
        ),
      }))}
      note={isCurrent && !error && data && found.length === 0 && <p className="px-2 py-1.5 text-ink-2">{t('common.noDoctor')}</p>}
    >
      {error && (
        <div role="alert" className="flex flex-wrap items-center gap-x-2 gap-y-1 text-small font-medium text-danger-text">
          <TriangleAlert className="size-3.5 shrink-0" aria-hidden="true" />
          <span className="min-w-0 flex-1">{errorWords(error, t)}</span>
          <Button isSmall onPress={retry}>
            {t('common.retry')}
          </Button>
        </div>
      )}
    </ComboField>
  );
}
