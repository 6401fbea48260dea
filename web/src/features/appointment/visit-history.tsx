import { PersonName } from '../../components/person-name';
import { Failed, Loading } from '../../components/states';
import { type AppointmentStatus, VisitHistoryDocument } from '../../gql/appointment';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { useApiQuery } from '../../lib/use-api';
import { visitFields } from './visit-fields';

/** Who did what to the visit and when, newest first. */
export function VisitHistory({ appointmentId }: { appointmentId: string }) {
  const { t } = useI18n();
  const { dayOf, time } = useFormats();
  const { data, error, isLoading, retry } = useApiQuery(VisitHistoryDocument, { id: appointmentId });
  const words = (field: string, json: string | null): string => {
    const value: unknown = json === null ? null : JSON.parse(json);
    if (value === null) return t('common.noneRecorded');
    if (field === 'status') return t(`appointment.${value as AppointmentStatus}`);
    return field === 'startsAt' || field === 'endsAt' ? `${dayOf(String(value))}, ${time(String(value))}` : String(value);
  };
  if (isLoading) return <Loading rows={3} />;
  if (error) return <Failed error={error} onRetry={retry} />;
  return (
    <ol aria-label={t('visit.history')} className="grid">
      {data?.appointment?.history.nodes.map(({ version, validFrom, actor, user, reason, changes }) => (
        <li key={version} className="grid grid-cols-[9rem_minmax(0,1fr)] gap-x-4 border-t border-line py-1.5 max-s:grid-cols-1">
          <span className="text-ink-2">
            <span className="tabular block">
              {dayOf(validFrom)}, {time(validFrom)}
            </span>
            <span className="text-small">{user ? <PersonName>{user.displayName}</PersonName> : actor}</span>
          </span>
          <ul>
            {changes.map(({ field, before, after }) => {
              const name = visitFields[field];
              return (
                name && (
                  <li key={field}>
                    <span className="text-ink-3">{t(name)}:</span> {before !== null && <span className="text-ink-2">{words(field, before)} → </span>}
                    {words(field, after)}
                  </li>
                )
              );
            })}
            {reason && <li className="text-ink-2">{reason}</li>}
          </ul>
        </li>
      ))}
    </ol>
  );
}
