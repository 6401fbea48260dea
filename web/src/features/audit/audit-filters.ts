import type { AuditEntryWhere, AuditKind } from '../../gql/audit';
import { addDays, startOfDay } from '../../lib/clinic-day';
import { readTypedDate } from '../../lib/typed-date';

export interface Filters {
  actor: string;
  kind: AuditKind | 'ANY';
  /** As typed. */
  from: string;
  until: string;
  patientId: string;
  isUnderGlass: boolean;
}

export const noFilters: Filters = { actor: '', kind: 'ANY', from: '', until: '', patientId: '', isUnderGlass: false };

export const kinds: readonly AuditKind[] = [
  'READ', 'CREATED', 'UPDATED', 'DELETED', 'EXPORTED', 'SIGNED_IN', 'SIGN_IN_FAILED', 'SIGNED_OUT', 'DENIED', 'ROLE_CHANGED', 'SECURITY_CHANGED', 'GLASS_BROKEN',
];

/** Ids are UUIDs, as the API writes them. */
export const isId = (text: string) => /^[\w-]{8,}$/.test(text);

/** The conditions of the API; what is not typed to its end is left out. The last day is meant whole, by the clinic's clock. */
export function whereOf({ actor, kind, from, until, patientId, isUnderGlass }: Filters, timeZone: string): AuditEntryWhere {
  const [first, last] = [readTypedDate(from), readTypedDate(until)];
  const id = patientId.trim();
  return {
    ...(actor.trim() && { actor: { startsWith: actor.trim() } }),
    ...(kind !== 'ANY' && { kind: { eq: kind } }),
    ...((first?.precision === 'DAY' || last?.precision === 'DAY') && {
      occurredAt: {
        ...(first?.precision === 'DAY' && { gte: startOfDay(first.date, timeZone) }),
        ...(last?.precision === 'DAY' && { lt: startOfDay(addDays(last.date, 1), timeZone) }),
      },
    }),
    ...(isId(id) && { patientId: { eq: id } }),
    ...(isUnderGlass && { isUnderGlass }),
  };
}
