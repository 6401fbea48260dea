import { Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button';
import { PersonName } from '../../components/person-name';
import { RecordStatusBadge } from '../../components/record-status';
import { Failed, Loading } from '../../components/states';
import { PatientSummaryDocument } from '../../gql/patient';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { useKeys } from '../../lib/keys';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';
import { useLineWords } from '../../lib/prescription';
import type { ChartPartProps } from './patient-chart';

/** The chart to take away, on A4: each page begins with who it is of, and no control is on it. */
export default function PatientSummary({ patient }: ChartPartProps) {
  const { t } = useI18n();
  const { clinic, viewer, pastAt } = useSession();
  const { day, dayOf, time } = useFormats();
  const lineWords = useLineWords();
  const { data, error, isLoading, retry } = useApiQuery(PatientSummaryDocument, { id: patient.id });
  useKeys([{ key: 'p', label: t('common.print'), run: () => print(), isInBar: true }]);
  const chart = data?.patient;
  const records = chart?.medicalRecords;
  if (isLoading) return <Loading />;
  if (error && !chart) return <Failed error={error} onRetry={retry} />;
  const now = pastAt ?? new Date().toISOString();
  const when = `${dayOf(now)}, ${time(now)}`;
  const { address } = patient;
  const where = address && [address.line, address.postalCode, address.city, address.region, address.country].filter(Boolean).join(', ');
  return (
    <div className="px-4 py-6 max-s:px-0 print:p-0">
      <article aria-label={t('patient.summary')} className="mx-auto grid max-w-[50rem] gap-6 rounded-3 border border-line bg-surface p-8 max-s:rounded-none max-s:border-x-0 max-s:p-4 print:block print:max-w-none print:border-0 print:p-0">
        <header className="flex flex-wrap items-start gap-3 print:mb-4">
          <div className="min-w-0 flex-1">
            <h2 className="text-page font-semibold tracking-tight">{t('patient.summary')}</h2>
            <p className="text-ink-2">{t(pastAt ? 'patient.summaryThen' : 'patient.summaryMade', { clinic: clinic.name, when, who: viewer.displayName })}</p>
          </div>
          <span className="print:hidden">
            <Button kind="main" keyHint="p" icon={<Printer className="size-4" aria-hidden="true" />} onPress={() => print()}>
              {t('common.print')}
            </Button>
          </span>
        </header>
        <Part title={t('patient.contact')}>
          <p>{[patient.phone, patient.email, where].filter(Boolean).join(' · ') || t('common.noneRecorded')}</p>
          {patient.primaryPractitioner && (
            <p className="text-ink-2">
              {t('patient.ownDoctor')}: <PersonName>{patient.primaryPractitioner.displayName}</PersonName>
            </p>
          )}
        </Part>
        <Part title={t('patient.problems')}>
          {chart?.currentProblems?.length === 0 && <p>{t('common.noneRecorded')}</p>}
          <ul className="grid gap-1 print:block">
            {chart?.currentProblems?.map(({ id, diagnosis, code, recordedOn }) => (
              <li key={id} className="grid grid-cols-[7rem_minmax(0,1fr)] gap-3 print:break-inside-avoid">
                <span className="text-ink-2">{day(recordedOn)}</span>
                <span>
                  {diagnosis}
                  {code && ` (${code})`}
                </span>
              </li>
            ))}
          </ul>
        </Part>
        <Part title={t('shell.records')}>
          {records?.nodes.length === 0 && <p>{t('common.noneRecorded')}</p>}
          {records && records.totalCount !== null && records.totalCount > records.nodes.length && (
            <p className="text-ink-2">{t('patient.summaryFirst', { count: records.nodes.length, all: records.totalCount })}</p>
          )}
          <div className="grid gap-4 print:block">
            {records?.nodes.map((record) => (
              <section key={record.id} aria-label={record.diagnosis} className="print:mb-4 print:break-inside-avoid-page">
                <h4 className="flex flex-wrap items-center gap-x-2 font-semibold">
                  {day(record.recordedOn)} · {record.diagnosis}
                  {record.code && ` (${record.code})`}
                  {record.status !== 'SIGNED' && <RecordStatusBadge status={record.status} />}
                </h4>
                {record.prescriptionLines.length > 0 && (
                  <ul className="mt-1 list-disc ps-5">
                    {record.prescriptionLines.map((line, i) => (
                      <li key={i} className="whitespace-pre-line">
                        {lineWords(line)}
                      </li>
                    ))}
                  </ul>
                )}
                {record.notes && <p className="mt-1 whitespace-pre-line">{record.notes}</p>}
                <p className="mt-1 text-small text-ink-2">
                  {record.signer && record.signedAt
                    ? t('record.signedBy', { who: record.signer.displayName, when: `${dayOf(record.signedAt)}, ${time(record.signedAt)}` })
                    : record.practitioner && <PersonName>{record.practitioner.displayName}</PersonName>}
                </p>
              </section>
            ))}
          </div>
        </Part>
      </article>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="grid gap-2 text-body print:mb-5 print:block">
      <h3 className="border-b border-line-2 pb-1 text-title font-semibold print:mb-2">{title}</h3>
      {children}
    </section>
  );
}
