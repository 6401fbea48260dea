import { CalendarDays, FileText } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { Tag } from '../../components/badge';
import { Button } from '../../components/button';
import { PersonName } from '../../components/person-name';
import { Empty, Failed, Loading } from '../../components/states';
import { PatientTimelineDocument, type PatientTimelineQuery } from '../../gql/patient';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';

const step = 20;
type Item = NonNullable<NonNullable<PatientTimelineQuery['patient']>['timeline']>['nodes'][number];

/** Visits and records as one story, newest first. */
export function PatientTimeline({ patientId }: { patientId: string }) {
  const { t } = useI18n();
  const [first, setFirst] = useState(step);
  const { data, error, isLoading, retry } = useApiQuery(PatientTimelineDocument, { id: patientId, first }, { keepsOld: true });
  const timeline = data?.patient?.timeline;
  return (
    <section aria-label={t('patient.timeline')} className="min-w-0 max-s:px-4">
      <h2 className="sr-only">{t('patient.timeline')}</h2>
      {isLoading && <Loading />}
      {error && !timeline && <Failed error={error} onRetry={retry} />}
      {timeline?.nodes.length === 0 && <Empty title={t('patient.nothingYet')} />}
      <ol className="grid">
        {timeline?.nodes.map((item) => (
          <Event key={item.id} item={item} home={`/patients/${patientId}`} />
        ))}
      </ol>
      {timeline?.pageInfo.hasNextPage && first < 100 && (
        <Button onPress={() => setFirst(Math.min(first + step, 100))}>{t('patient.older')}</Button>
      )}
    </section>
  );
}

function Event({ item, home }: { item: Item; home: string }) {
  const { t } = useI18n();
  const { pastAt } = useSession();
  const then = pastAt ? `at=${encodeURIComponent(pastAt)}` : '';
  const { dayOf, time } = useFormats();
  const isVisit = item.__typename === 'Appointment';
  const Icon = isVisit ? CalendarDays : FileText;
  const { practitioner } = item;
  return (
    <li className="grid grid-cols-[6.5rem_1.5rem_minmax(0,1fr)] gap-x-1.5 max-s:grid-cols-[1.5rem_minmax(0,1fr)]">
      <div className="pt-2.5 text-end max-s:col-start-2 max-s:flex max-s:gap-2 max-s:pb-1 max-s:text-start">
        <span className="block font-medium">{dayOf(item.happenedAt)}</span>
        {isVisit && <span className="text-small text-ink-2">{time(item.happenedAt)}</span>}
      </div>
      <div className="relative grid justify-items-center pt-3 text-ink-2 before:absolute before:inset-y-0 before:w-px before:bg-line-2 max-s:col-start-1 max-s:row-span-2 max-s:row-start-1">
        <Icon className="relative size-4 rounded-full bg-canvas shadow-[0_0_0_3px_var(--canvas)]" aria-hidden="true" />
      </div>
      <div className="mb-2 rounded-2 border border-line bg-surface px-3 py-2 max-s:col-start-2">
        {isVisit ? (
          <h3 className="text-body font-semibold">
            {item.reason ?? t('patient.visit')} <Tag>{t(`appointment.${item.status}`)}</Tag>
            <Link
              href={`${home}/history?visit=${item.id}${then && `&${then}`}`}
              className="float-end inline-flex min-h-6 items-center text-small font-normal text-ink-3 underline-offset-2 hover:underline print:hidden"
            >
              {t('history.title')}
            </Link>
          </h3>
        ) : (
          <h3 className="text-body font-semibold">
            <Link href={`${home}/records/${item.id}${then && `?${then}`}`} className="underline-offset-2 hover:underline">
              {item.diagnosis}
            </Link>{' '}
            {item.code && <Tag>{item.code}</Tag>} <Tag>{t(`record.${item.recordStatus}`)}</Tag>
          </h3>
        )}
        {!isVisit && item.notes && <p className="max-w-[68ch] text-body text-ink-2">{item.notes}</p>}
        {practitioner && (
          <p className="text-small text-ink-3">
            <PersonName>{practitioner.displayName}</PersonName>
          </p>
        )}
      </div>
    </li>
  );
}
