import { History, PencilLine, Printer, Signature } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Tag } from '../../components/badge';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { cn } from '../../components/cn';
import { GiveReason } from '../../components/give-reason';
import { PersonName } from '../../components/person-name';
import { RecordStatusBadge } from '../../components/record-status';
import { toast } from '../../components/toasts';
import { MarkMedicalRecordInErrorDocument } from '../../gql/record';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { useKeys } from '../../lib/keys';
import { useSession } from '../../lib/session';
import { useApiMutation } from '../../lib/use-api';
import { ChangedText } from './changed-text';
import { useLineWords } from '../../lib/prescription';
import { RecordHistory } from './record-history';
import { type FullRecord, type RecordVersion, recordVersions } from './record-versions';

interface Props {
  record: FullRecord;
  onAmend: () => void;
}

/** A signed record, as it is and as it was before each amendment: [ and ] go from version to version. */
export function RecordSheet({ record, onAmend }: Props) {
  const { t } = useI18n();
  const { may } = useSession();
  const { day, dayOf, time } = useFormats();
  const lineWords = useLineWords();
  const takeBack = useApiMutation(MarkMedicalRecordInErrorDocument);
  const [isTakingBack, setIsTakingBack] = useState(false);
  const versions = recordVersions(record);
  const [chosen, setChosen] = useState<number | null>(null);
  const at = versions.findIndex(({ number }) => number === (chosen ?? versions.length));
  const shown = versions[at] ?? versions[0];
  const before = versions[at + 1];
  const isInError = record.status === 'ENTERED_IN_ERROR';
  const mayAmend = may('amendMedicalRecord') && !isInError;
  const mayTakeBack = may('amendMedicalRecord') && may('markMedicalRecordInError') && !isInError;
  const step = (by: number) => setChosen(versions[Math.min(Math.max(at + by, 0), versions.length - 1)]?.number ?? null);
  useKeys([
    ...(mayAmend ? [{ key: 'a', label: t('record.amend'), run: onAmend, isInBar: true }] : []),
    ...(versions.length > 1
      ? [
          { key: '[', label: t('record.versionBefore'), run: () => step(1), isInBar: true },
          { key: ']', label: t('record.versionAfter'), run: () => step(-1), isInBar: true },
        ]
      : []),
  ]);
  if (!shown) return null;
  const lines = (version: RecordVersion) => version.prescriptionLines.map(lineWords).join('\n');
  const coded = ({ diagnosis, code }: RecordVersion) => diagnosis + (code ? ` (${code})` : '');
  const parts: [string, (version: RecordVersion) => string][] = [
    [t('record.diagnosis'), coded],
    [t('record.prescription'), lines],
    [t('record.notes'), ({ notes }) => notes ?? ''],
  ];
  return (
    <article aria-label={t('record.one')} className="min-w-0 rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0 print:border-0">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-6 py-3 max-s:px-4">
        <h2 className="min-w-0 text-page font-semibold tracking-tight">
          {record.diagnosis} {record.code && <Tag>{record.code}</Tag>}
        </h2>
        <RecordStatusBadge status={record.status} />
        <span className="ms-auto flex flex-wrap gap-2 print:hidden">
          <Button icon={<Printer className="size-4" aria-hidden="true" />} onPress={() => print()}>
            {t('common.print')}
          </Button>
          {mayTakeBack && <Button onPress={() => setIsTakingBack(true)}>{t('record.inError')}</Button>}
          {mayAmend && (
            <Button kind="main" keyHint="a" icon={<PencilLine className="size-4" aria-hidden="true" />} onPress={onAmend}>
              {t('record.amend')}
            </Button>
          )}
        </span>
      </header>
      {isInError && (
        <div className="px-6 pt-4 max-s:px-4">
          <Banner tone="danger" title={t('record.isInError')}>
            {record.errorReason && <p>{t('record.because', { reason: record.errorReason })}</p>}
          </Banner>
        </div>
      )}
      {versions.length > 1 && (
        <div role="status" className="flex flex-wrap items-center gap-3 border-b border-line bg-accent-soft px-6 py-2.5 max-s:px-4">
          <History className="size-4 shrink-0 text-accent-text" aria-hidden="true" />
          <div className="min-w-0 flex-1 basis-60">
            <p className="font-medium">
              {t('record.versionOf', { number: shown.number, count: versions.length })}
              {before && <span className="font-normal"> · {t('record.changesMarked', { number: before.number })}</span>}
            </p>
            {shown.reason && <p className="text-ink-2">{t('record.because', { reason: shown.reason })}</p>}
          </div>
          <span role="group" aria-label={t('record.versions')} className="flex flex-wrap gap-1 print:hidden">
            {versions.map(({ number }) => (
              <button
                key={number}
                type="button"
                aria-pressed={number === shown.number}
                onClick={() => setChosen(number)}
                className={cn(
                  'min-h-7 rounded-2 border px-2 text-small font-medium pointer-coarse:min-h-control pointer-coarse:min-w-control',
                  number === shown.number ? 'border-accent bg-accent text-on-accent' : 'border-line-2 bg-surface hover:bg-hover',
                )}
              >
                {number === 1 ? t('record.versionSigned') : number}
              </button>
            ))}
          </span>
        </div>
      )}
      <div className="grid gap-4 px-6 py-4 text-body max-s:px-4">
        <dl className="flex flex-wrap gap-x-10 gap-y-3">
          <Part name={t('record.doctor')}>{record.practitioner ? <PersonName>{record.practitioner.displayName}</PersonName> : t('common.noneRecorded')}</Part>
          <Part name={t('record.recordDate')}>{day(record.recordedOn)}</Part>
          <Part name={t('record.visit')}>
            {record.appointment ? `${dayOf(record.appointment.startsAt)}, ${time(record.appointment.startsAt)}` : t('record.noVisit')}
          </Part>
        </dl>
        <dl className="grid gap-4">
          {parts.map(([name, text]) => (
            <Part key={name} name={name} isText>
              {before && text(before) !== text(shown) ? (
                <ChangedText before={text(before)} after={text(shown)} />
              ) : (
                text(shown) || <span className="text-ink-3">{t('common.noneRecorded')}</span>
              )}
            </Part>
          ))}
        </dl>
      </div>
      <footer className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-6 py-3 text-ink-2 max-s:px-4">
        <Signature className="size-4 shrink-0 text-ink-3" aria-hidden="true" />
        {record.signedAt && record.signer
          ? t('record.signedBy', { who: record.signer.displayName, when: `${dayOf(record.signedAt)}, ${time(record.signedAt)}` })
          : t('record.imported')}
        {shown.number > 1 && shown.at && (
          <span className="text-small">
            {t('record.amendedBy', { who: shown.by ?? '', when: `${dayOf(shown.at)}, ${time(shown.at)}` })}
          </span>
        )}
      </footer>
      <RecordHistory recordId={record.id} patientId={record.patient.id} />
      {isTakingBack && (
        <GiveReason
          title={t('record.inErrorTitle')}
          action={t('record.inErrorIt')}
          onClose={() => setIsTakingBack(false)}
          send={async (reason) => {
            await takeBack({ input: { medicalRecordId: record.id, expectedVersion: record.version, reason } });
            setIsTakingBack(false);
            toast(t('record.isTakenBack'));
          }}
        >
          {t('record.inErrorWhy')}
        </GiveReason>
      )}
    </article>
  );
}

function Part({ name, isText = false, children }: { name: string; isText?: boolean; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-small text-ink-3">{name}</dt>
      <dd className={isText ? 'max-w-[68ch] whitespace-pre-line' : 'font-medium'}>{children}</dd>
    </div>
  );
}
