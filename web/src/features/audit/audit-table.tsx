import { Filter } from 'lucide-react';
import { ActorName } from '../../components/actor-name';
import { Badge, Tag, type Tone } from '../../components/badge';
import { Button } from '../../components/button';
import { type Column, Table } from '../../components/table';
import type { AuditKind, AuditLogQuery } from '../../gql/audit';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';

type Row = AuditLogQuery['auditLog']['nodes'][number];

const tones: Partial<Record<AuditKind, Tone>> = {
  SIGN_IN_FAILED: 'warn',
  DENIED: 'warn',
  GLASS_BROKEN: 'danger',
  ROLE_CHANGED: 'accent',
  SECURITY_CHANGED: 'accent',
};

interface Props {
  rows: readonly Row[];
  isStale: boolean;
  /** Asks for what concerns one patient. */
  onPatient: (id: string) => void;
}

/** What was done, each with its details to open. */
export function AuditTable({ rows, isStale, onPatient }: Props) {
  const { t } = useI18n();
  const { dayOf, time } = useFormats();
  const columns: Column<Row>[] = [
    {
      head: t('audit.when'),
      cell: ({ occurredAt }) => (
        <span className="tabular font-normal">
          {dayOf(occurredAt)}, {time(occurredAt)}
        </span>
      ),
    },
    {
      head: t('audit.who'),
      isPlain: true,
      cell: ({ actor, user, role, tokenId }) => (
        <>
          <span className="font-medium"><ActorName actor={actor} user={user} /></span>{' '}
          <span className="text-small text-ink-3">
            {[user && actor, role && t(`session.role${role}`), tokenId && t('audit.byToken')].filter(Boolean).join(' · ')}
          </span>
        </>
      ),
    },
    {
      head: t('audit.what'),
      isPlain: true,
      cell: ({ kind, isUnderGlass }) => (
        <span className="inline-flex flex-wrap items-center gap-1">
          <Badge tone={tones[kind] ?? 'plain'}>{t(`audit.${kind}`)}</Badge>
          {isUnderGlass && kind !== 'GLASS_BROKEN' && <Tag>{t('audit.underGlass')}</Tag>}
        </span>
      ),
    },
    { head: t('audit.whatTo'), isPlain: true, cell: ({ subjectType }) => <span lang="en">{subjectType ?? '—'}</span> },
    { head: t('audit.details'), isPlain: true, cell: (row) => <Details row={row} onPatient={onPatient} /> },
  ];
  return <Table label={t('audit.log')} rows={rows} keyOf={({ id }) => id} columns={columns} isStale={isStale} />;
}

/** Fields, values, reason and ids of an entry. */
function Details({ row, onPatient }: { row: Row; onPatient: (id: string) => void }) {
  const { t } = useI18n();
  const { fields, changes, reason, patientId, subjectId, operationId } = row;
  if (fields.length === 0 && !changes?.length && !reason && !patientId && !operationId) return <span className="text-ink-3">—</span>;
  const ids = [
    [t('audit.subject'), subjectId],
    [t('audit.operation'), operationId],
  ] as const;
  return (
    <details className="min-w-0">
      <summary className="inline-flex min-h-6 max-w-full cursor-pointer items-center gap-1 text-ink-2 underline decoration-line-2 underline-offset-2">
        {reason ?? (fields.length > 0 ? `${t('audit.fields')}: ${fields.length}` : t('audit.details'))}
      </summary>
      <dl className="grid gap-1 py-1 text-small">
        {reason && (
          <div>
            <dt className="text-ink-3">{t('audit.reason')}</dt>
            <dd>{reason}</dd>
          </div>
        )}
        {fields.length > 0 && (
          <div>
            <dt className="text-ink-3">{t('audit.fields')}</dt>
            <dd lang="en">{fields.join(', ')}</dd>
          </div>
        )}
        {changes?.map(({ field, before, after }) => (
          <div key={field}>
            <dt className="text-ink-3" lang="en">
              {field}
            </dt>
            <dd>
              {t('audit.before')}: {before ?? t('audit.nothing')} · {t('audit.after')}: {after ?? t('audit.nothing')}
            </dd>
          </div>
        ))}
        {patientId && (
          <div>
            <dt className="text-ink-3">{t('audit.patient')}</dt>
            <dd className="flex flex-wrap items-center gap-2">
              <span className="font-mono">{patientId}</span>
              <Button isSmall icon={<Filter className="size-3.5" aria-hidden="true" />} onPress={() => onPatient(patientId)}>
                {t('audit.onlyPatient')}
              </Button>
            </dd>
          </div>
        )}
        {ids.map(
          ([name, id]) =>
            id && (
              <div key={name}>
                <dt className="text-ink-3">{name}</dt>
                <dd className="font-mono">{id}</dd>
              </div>
            ),
        )}
      </dl>
    </details>
  );
}
