import { useRef, useState } from 'react';
import { Button } from '../../components/button';
import { LeaveNotice } from '../../components/leave-notice';
import { MistakeSummary } from '../../components/mistake-summary';
import { RecordStatusBadge } from '../../components/record-status';
import { TextField } from '../../components/text-field';
import { toast } from '../../components/toasts';
import { AmendMedicalRecordDocument } from '../../gql/record';
import { useForm } from '../../lib/form';
import { useFormats } from '../../lib/format';
import { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { useKeys } from '../../lib/keys';
import { useLeaveGuard } from '../../lib/leave';
import { useApiMutation } from '../../lib/use-api';
import { type Conflict, RecordConflict } from './record-conflict';
import { labels, ledToLines, RecordFields, summaryMistakes } from './record-fields';
import { isSame, merge, prescriptionOf, type RecordValues, valuesOf } from './record-values';
import type { FullRecord } from './record-versions';
import { useFreshRecord } from './use-fresh-record';

interface Props {
  record: FullRecord;
  /** What was typed into a draft that somebody signed meanwhile. */
  typed?: RecordValues | undefined;
  onDone: () => void;
}

const amended = ['diagnosis', 'code', 'lines', 'notes'] as const;

/** Writes a further version of a signed record, with a reason; what it says now stays readable. */
export function AmendRecord({ record, typed, onDone }: Props) {
  const i18n = useI18n();
  const { t } = i18n;
  const { time } = useFormats();
  const amend = useApiMutation(AmendMedicalRecordDocument);
  const fresh = useFreshRecord();
  const element = useRef<HTMLFormElement>(null);
  const [seen, setSeen] = useState({ version: record.version, values: valuesOf(record) });
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const form = useForm<RecordValues & { reason: string }>({
    initial: { ...seen.values, ...typed, reason: '' },
    labels: { ...labels, reason: 'record.amendReason' },
    async send(values) {
      const changed = amended.filter((field) => !isSame(seen.values, values, field));
      const has = (field: (typeof amended)[number]) => changed.includes(field);
      const problems = (['diagnosis', 'reason'] as const)
        .filter((name) => !values[name].trim())
        .map((name) => ({ path: [name], code: 'REQUIRED', message: '' }));
      if (problems.length > 0) throw new ApiError('INVALID', '', problems);
      if (changed.length === 0) throw new ApiError('UNCHANGED', '');
      try {
        await amend({
          input: {
            medicalRecordId: record.id,
            expectedVersion: seen.version,
            reason: values.reason.trim(),
            ...(has('diagnosis') && { diagnosis: values.diagnosis.trim() }),
            ...(has('code') && { code: values.code.trim() || null, codeSystem: null }),
            ...(has('lines') && prescriptionOf(values.lines)),
            ...(has('notes') && { notes: values.notes.trim() || null }),
          },
        });
      } catch (error) {
        if (!(error instanceof ApiError && error.code === 'VERSION_CONFLICT')) throw ledToLines(error, values.lines);
        const next = await fresh(record.id);
        if (!next) throw error;
        const theirs = valuesOf(next);
        const merged = merge(seen.values, values, theirs);
        setSeen({ version: next.version, values: theirs });
        setConflict({ ...merged, theirs, at: time(next.updatedAt) });
        for (const name of amended) form.set(name, merged.values[name]);
        return;
      }
      release();
      toast(t('record.isAmended'));
      onDone();
    },
  });
  const isChanged = form.values.reason.trim() !== '' || amended.some((field) => !isSame(seen.values, form.values, field));
  const release = useLeaveGuard(isChanged);
  const [isLeaving, setIsLeaving] = useState(false);
  const submit = () => element.current?.requestSubmit();
  useKeys([{ key: 'mod+Enter', label: t('record.amendIt'), run: submit, isInBar: true }]);
  return (
    <section aria-label={t('record.amend')} className="min-w-0 rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-6 py-3 max-s:px-4">
        <h2 className="text-page font-semibold tracking-tight">{t('record.amendTitle')}</h2>
        <RecordStatusBadge status={record.status} />
      </header>
      <form ref={element} onSubmit={form.submit} method="post" noValidate className="grid gap-4 px-6 py-4 max-s:px-4">
        {isLeaving && <LeaveNotice onStay={() => setIsLeaving(false)} onLeave={onDone} />}
        <MistakeSummary mistakes={summaryMistakes(form, i18n)} whole={form.refusal?.code === 'UNCHANGED' ? t('record.unchanged') : form.whole} />
        {conflict && (
          <RecordConflict
            conflict={conflict}
            onTake={(field) => {
              form.set(field, conflict.theirs[field]);
              setConflict({ ...conflict, both: conflict.both.filter((one) => one !== field) });
            }}
          />
        )}
        <TextField
          name="reason"
          label={t('record.amendReason')}
          hint={t('record.amendReasonHint')}
          value={form.values.reason}
          onChange={(reason) => form.set('reason', reason)}
          mistake={form.mistakes.reason}
          isRequired
          autoFocus
        />
        <RecordFields form={form} />
        <footer className="-mx-6 mt-2 -mb-4 flex flex-wrap items-center justify-end gap-2 border-t border-line px-6 py-3 max-s:mx-0 max-s:px-0">
          <span className="me-auto text-small text-ink-3">{t('common.required')}</span>
          <Button onPress={() => (isChanged ? setIsLeaving(true) : onDone())}>{t('common.cancel')}</Button>
          <Button type="submit" kind="main" keyHint="mod+Enter" isPending={form.isSending}>
            {t('record.amendIt')}
          </Button>
        </footer>
      </form>
    </section>
  );
}
