import { History } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../components/button';
import { DateField } from '../../components/date-field';
import { TextField } from '../../components/text-field';
import { instantOf } from '../../lib/clinic-day';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { useKeys } from '../../lib/keys';
import { pastInstant } from '../../lib/past';
import { useSession } from '../../lib/session';
import { readTypedDate } from '../../lib/typed-date';

interface Props {
  /** The instant as the address has it. */
  asked: string;
  /** The patient's page of now. */
  home: string;
}

/** Says, wherever one is in it, that this is the past, and how one gets back. */
export function AsOfBar({ asked, home }: Props) {
  const { t } = useI18n();
  const { longDay, isoDayOf, dayOf, time } = useFormats();
  const [location, navigate] = useLocation();
  const [isChoosing, setIsChoosing] = useState(false);
  const at = pastInstant(asked);
  // What was not there yet has no page of now to go back to but the patient's own.
  const back = () => navigate(location.startsWith(home) ? location : home);
  useKeys([{ key: 'Escape', label: t('history.backToNow'), run: back, isInBar: true }]);
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-y border-warn-line bg-warn-soft px-4 py-2 [@media(max-height:30rem)]:py-0.5 print:border print:px-2"
    >
      <History className="size-4 shrink-0 text-warn-text [@media(max-height:30rem)]:hidden" aria-hidden="true" />
      <p className="min-w-0 flex-1 basis-48 [@media(max-height:30rem)]:basis-32">
        <b className="font-semibold">
          {at ? (
            <>
              <span className="[@media(max-height:30rem)]:hidden">{t('history.asOf', { when: `${longDay(isoDayOf(at))}, ${time(at)}` })}</span>
              <span className="hidden [@media(max-height:30rem)]:inline">{t('history.asOf', { when: `${dayOf(at)}, ${time(at)}` })}</span>
            </>
          ) : (
            t('history.noInstant')
          )}
        </b>{' '}
        <span className="[@media(max-height:30rem)]:hidden">{t(at ? 'history.readOnly' : 'history.noInstantWhy')}</span>
      </p>
      <span className="flex flex-wrap gap-2 print:hidden">
        <span className="[@media(max-height:30rem)]:hidden">
          <Button isSmall onPress={() => setIsChoosing(!isChoosing)} aria-expanded={isChoosing}>
            {t('history.otherDate')}
          </Button>
        </span>
        <Button isSmall keyHint="Escape" onPress={back}>
          {t('history.backToNow')}
        </Button>
      </span>
      {isChoosing && (
        <div className="basis-full print:hidden">
          <ChooseInstant at={at} onDone={() => setIsChoosing(false)} />
        </div>
      )}
    </div>
  );
}

/** Asks for a day and a time of the clinic to look at the chart as it was then. */
export function ChooseInstant({ at, onDone }: { at: string | null; onDone?: () => void }) {
  const { t } = useI18n();
  const { clinic } = useSession();
  const { isoDayOf, time } = useFormats();
  const [location, navigate] = useLocation();
  const [day, setDay] = useState(at ? isoDayOf(at).split('-').reverse().join('-') : '');
  const [clock, setClock] = useState(at ? time(at) : '');
  const [mistake, setMistake] = useState<{ day?: string; clock?: string }>({});
  const go = () => {
    const date = readTypedDate(day);
    const hour = clock.trim() ? /^(\d{1,2})[:.]?(\d{2})$/.exec(clock.trim()) : ['', '23', '59'];
    if (date?.precision !== 'DAY') return setMistake({ day: t('problem.BAD_DATE') });
    if (!hour || Number(hour[1]) > 23 || Number(hour[2]) > 59) return setMistake({ clock: t('history.badTime') });
    const instant = instantOf(date.date, `${String(hour[1]).padStart(2, '0')}:${hour[2]}`, clinic.timeZone);
    // A day without a time is the end of it; of today, now.
    const now = new Date().toISOString();
    if (isoDayOf(instant) > isoDayOf(now)) return setMistake({ day: t('problem.IN_THE_FUTURE') });
    if (instant > now && clock.trim()) return setMistake({ clock: t('problem.IN_THE_FUTURE') });
    setMistake({});
    onDone?.();
    navigate(`${location}?at=${encodeURIComponent(instant > now ? now : instant)}`);
  };
  return (
    <form
      noValidate
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
      className="grid max-w-[32rem] grid-cols-[minmax(0,1fr)_7rem_auto] items-start gap-3 max-s:grid-cols-1"
    >
      <DateField label={t('history.day')} value={day} onChange={setDay} mistake={mistake.day} hint={t('record.dateHint')} isRequired />
      <TextField label={t('history.time')} value={clock} onChange={setClock} mistake={mistake.clock} placeholder="09:30" />
      <span className="s:pt-5">
        <Button type="submit" kind="main">
          {t('history.look')}
        </Button>
      </span>
    </form>
  );
}
