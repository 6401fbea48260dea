import { Check, History, PencilLine, Signature } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useSearch } from 'wouter';
import { Tag } from '../../components/badge';
import { Card } from '../../components/card';
import { cn } from '../../components/cn';
import { RecordStatusBadge } from '../../components/record-status';
import { Failed, Loading } from '../../components/states';
import { EarlierRecordsDocument, type RecordContentFragment } from '../../gql/record';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { useApiQuery } from '../../lib/use-api';

interface Props {
  patientId: string;
  record?: RecordContentFragment | undefined;
}

/** Beside a record: where it stands, and what was recorded before. */
export function RecordAside({ patientId, record }: Props) {
  return (
    <aside className="grid content-start gap-4 [&>section]:max-s:rounded-none print:hidden">
      <Steps record={record} />
      <EarlierRecords patientId={patientId} recordId={record?.id} />
    </aside>
  );
}

function Steps({ record }: { record: RecordContentFragment | undefined }) {
  const { t } = useI18n();
  const { dayOf, time } = useFormats();
  const status = record?.status ?? 'DRAFT';
  if (status === 'ENTERED_IN_ERROR') return null;
  const when = (instant: string, who: { displayName: string } | null | undefined) =>
    [who?.displayName, `${dayOf(instant)}, ${time(instant)}`].filter(Boolean).join(', ');
  return (
    <Card title={t('record.thisRecord')}>
      <ol className="grid px-4 pb-3">
        <Step icon={<PencilLine />} name={t('record.DRAFT')} isCurrent={status === 'DRAFT'} isDone={status !== 'DRAFT'}>
          {record ? when(record.createdAt, record.author) : t('record.draftWhat')}
        </Step>
        <Step icon={<Signature />} name={t('record.SIGNED')} isCurrent={status === 'SIGNED'} isDone={status === 'AMENDED'}>
          {record?.signedAt ? when(record.signedAt, record.signer) : t('record.signedWhat')}
        </Step>
        <Step icon={<History />} name={t('record.AMENDED')} isCurrent={status === 'AMENDED'} isDone={false} isLast>
          {record?.amendedAt ? when(record.amendedAt, record.amendedBy) : t('record.amendedWhat')}
        </Step>
      </ol>
    </Card>
  );
}

interface StepProps {
  icon: ReactNode;
  name: string;
  isCurrent: boolean;
  isDone: boolean;
  isLast?: boolean;
  children: ReactNode;
}

function Step({ icon, name, isCurrent, isDone, isLast = false, children }: StepProps) {
  return (
    <li aria-current={isCurrent ? 'step' : undefined} className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-2">
      <span
        className={cn(
          'relative grid justify-items-center pt-0.5 [&_svg]:size-4',
          isCurrent ? 'text-accent-text' : 'text-ink-3',
          !isLast && 'after:absolute after:top-6 after:bottom-0.5 after:w-px after:bg-line-2',
        )}
        aria-hidden="true"
      >
        {isDone ? <Check /> : icon}
      </span>
      <span className={cn('min-w-0', !isLast && 'pb-3')}>
        <b className={cn('font-medium', isCurrent ? 'text-ink' : 'text-ink-2')}>{name}</b>
        <span className="block text-small text-ink-2">{children}</span>
      </span>
    </li>
  );
}

function EarlierRecords({ patientId, recordId }: { patientId: string; recordId: string | undefined }) {
  const { t } = useI18n();
  const { day } = useFormats();
  const search = useSearch();
  const { data, error, isLoading, retry } = useApiQuery(EarlierRecordsDocument, { patientId });
  const records = data?.patient?.medicalRecords?.nodes.filter(({ id }) => id !== recordId);
  const at = new URLSearchParams(search).get('at');
  return (
    <Card title={t('record.others')}>
      {isLoading && <Loading rows={3} />}
      {error && !records && <Failed error={error} onRetry={retry} />}
      {records?.length === 0 && <p className="px-4 pb-3 text-ink-2">{t('common.noneRecorded')}</p>}
      <ul>
        {records?.slice(0, 5).map(({ id, status, recordedOn, diagnosis, code }) => (
          <li key={id} className="relative border-t border-line px-4 py-2 hover:bg-hover">
            <Link href={`/patients/${patientId}/records/${id}${at ? `?at=${encodeURIComponent(at)}` : ''}`} className="font-medium after:absolute after:inset-0">
              {diagnosis}
            </Link>{' '}
            {code && <Tag>{code}</Tag>}
            <span className="mt-0.5 flex flex-wrap items-center justify-between gap-2 text-small text-ink-3">
              {day(recordedOn)} <RecordStatusBadge status={status} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
