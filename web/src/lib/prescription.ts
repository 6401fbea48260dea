import { useFormats } from './format';
import { useI18n } from './i18n';

export interface Line {
  medicine: string;
  dose: string | null;
  route: string | null;
  frequency: string | null;
  startsOn: string | null;
  endsOn: string | null;
}

/** Each line of a prescription in words: "Ramipril 5 mg, 1 tablet, by mouth, in the morning, from 1 Dec 2026". */
export function useLineWords(): (line: Line) => string {
  const { t } = useI18n();
  const { day } = useFormats();
  return ({ medicine, dose, route, frequency, startsOn, endsOn }) =>
    [
      medicine,
      dose,
      route,
      frequency,
      startsOn && endsOn
        ? t('record.fromUntil', { from: day(startsOn), until: day(endsOn) })
        : startsOn
          ? t('record.fromDay', { day: day(startsOn) })
          : endsOn && t('record.untilDay', { day: day(endsOn) }),
    ]
      .filter(Boolean)
      .join(', ');
}
