import { useCallback, useEffect, useRef, useState } from 'react';
import { Banner } from '../../components/banner';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { retryAll } from '../../lib/retry';
import { SlotButtons } from './slot-buttons';
import { useDayWords } from './use-day-words';

/** A time that somebody else has, and what is free instead: what SLOT_TAKEN tells. */
export interface Taken {
  startsAt: string;
  kind: string;
  nextFree: readonly { startsAt: string; endsAt: string }[];
  /** It went while the form was open: whoever is typing goes on where they are. */
  isLive?: boolean;
}

/** The time that has gone, if one has. Then what is shown as free and as booked is asked for anew. */
export function useTaken() {
  const [taken, keep] = useState<Taken | null>(null);
  const setTaken = useCallback((next: Taken | null) => {
    keep(next);
    if (next) retryAll();
  }, []);
  return { taken, setTaken };
}

/** Reads the details of SLOT_TAKEN. */
export function takenOf(details: Record<string, unknown>, startsAt: string): Taken {
  const { kind, nextFree } = details as Partial<Taken>;
  return { startsAt, kind: kind ?? '', nextFree: nextFree ?? [] };
}

interface Props {
  taken: Taken;
  practitioner: string;
  onPick: (startsAt: string) => void;
}

/** Says that the time has gone, and offers the next three under the keys 1 2 3. The first of them has the focus when a refusal told. */
export function TakenNotice({ taken, practitioner, onPick }: Props) {
  const { t } = useI18n();
  const { time } = useFormats();
  const dayWords = useDayWords();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!taken.isLive) box.current?.querySelector('button')?.focus();
  }, [taken]);
  const words = { time: time(taken.startsAt), name: practitioner };
  return (
    <div ref={box}>
      <Banner
        tone="danger"
        title={t(taken.kind === 'PATIENT' ? 'booking.patientBusy' : taken.kind === 'HOLD' ? 'booking.held' : taken.kind === 'ROOM' ? 'booking.roomBusy' : 'booking.taken', words)}
      >
        <p>
          {t('booking.nothingLost')} {t(taken.nextFree.length > 0 ? 'booking.nextFreeWith' : 'booking.noneFree', words)}
        </p>
        <SlotButtons
          label={t('booking.nextFreeWith', words)}
          slots={taken.nextFree.map(({ startsAt }) => ({ id: startsAt, startsAt, time: time(startsAt), more: dayWords.of(startsAt) }))}
          chosen={null}
          onChoose={onPick}
          hasKeys
        />
      </Banner>
    </div>
  );
}
