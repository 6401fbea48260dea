import { BookingTypesDocument } from '../../gql/appointment';
import { minutesOf } from '../../lib/duration';
import { useI18n } from '../../lib/i18n';
import { useApiQuery } from '../../lib/use-api';
import type { BookingValues } from './booking-values';
import { lengthOf } from './booking-values';

export const noType = 'NONE';
const usualLengths = [10, 15, 20, 30, 40, 45, 60, 90, 120];
const usualLength = 30;

/** What was booked last at this desk is what is booked next, as a rule. */
let lastTypeId: string | null = null;

export function rememberType(typeId: string) {
  lastTypeId = typeId;
}

/** The types of visit that can be booked, and what the form's type and length come to. */
export function useBookingType({ typeId, length }: Pick<BookingValues, 'typeId' | 'length'>) {
  const { t } = useI18n();
  const { data, error } = useApiQuery(BookingTypesDocument, {});
  const types = (data?.appointmentTypes.nodes ?? []).filter(({ isActive }) => isActive);
  const wanted = typeId ?? lastTypeId ?? types[0]?.id ?? noType;
  const type = types.find(({ id }) => id === wanted) ?? null;
  const typeMinutes = type && minutesOf(type.length);
  const minutes = Number(length ?? typeMinutes ?? usualLength);
  const isKnown = data !== undefined || error !== null;
  const words = (count: number) => t('visit.minutes', { count });
  return {
    /** The type to book, or null for none. */
    type,
    choice: type?.id ?? noType,
    choices: [...types.map(({ id, name }) => ({ value: id, label: name })), { value: noType, label: t('booking.noType') }],
    minutes: String(minutes),
    lengths: [...new Set([...usualLengths, minutes, ...(typeMinutes ? [typeMinutes] : [])])]
      .sort((a, b) => a - b)
      .map((one) => ({ value: String(one), label: words(one) })),
    /** Null until it is known which types there are. */
    slotLength: isKnown ? lengthOf(type?.id ?? null, typeMinutes, minutes) : null,
  };
}
