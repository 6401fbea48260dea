import { type ReactNode, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { Badge } from '../../components/badge';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { DateField } from '../../components/date-field';
import { GiveReason } from '../../components/give-reason';
import { MistakeSummary } from '../../components/mistake-summary';
import { PersonName } from '../../components/person-name';
import { RecordStatusBadge } from '../../components/record-status';
import { SelectField } from '../../components/select-field';
import { toast } from '../../components/toasts';
import type { PatientFactsFragment } from '../../gql/patient';
import { MarkMedicalRecordInErrorDocument, type RecordChoicesQuery, type RecordContentFragment } from '../../gql/record';
import { useForm } from '../../lib/form';
import { useFormats } from '../../lib/format';
import { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { useKeys } from '../../lib/keys';
import { useLeaveGuard } from '../../lib/leave';
import { useSession } from '../../lib/session';
import { useApiMutation } from '../../lib/use-api';
import { useWindows } from '../../lib/windows';
import { RecordConflict } from './record-conflict';
import { labels, ledToLines, RecordFields, summaryMistakes } from './record-fields';
import { isChangedFrom, type RecordValues, typedDay, valuesOf } from './record-values';
import { SignRecord } from './sign-record';
import { draftProblems, useDraft } from './use-draft';

interface Props {
  patient: PatientFactsFragment;
  choices: RecordChoicesQuery;
  /** The draft to go on with; absent of a new one. */
  record?: RecordContentFragment;
  /** The visit that a new record belongs to. */
  appointmentId?: string | undefined;
  /** A new record was kept for the first time. */
  onKept?: (id: string) => void;
  /** It was signed, or taken back. */
  onDone: (id: string) => void;
  /** Somebody else signed it meanwhile: what was typed goes on as an amendment. */
  onAmend: (values: RecordValues) => void;
}

/** Add New Medical Record: typed, kept as a draft, signed. */
export function RecordForm({ patient, choices, record, appointmentId, onKept, onDone, onAmend }: Props) {
  const i18n = useI18n();
  const { t } = i18n;
  const open = useWindows();
  const { clinic, may } = useSession();
  const { time, dayOf, isoDayOf, born } = useFormats();
  const patientId = patient.id;
  const [, navigate] = useLocation();
  const own = choices.viewer?.user.practitioner ?? null;
  const visits = choices.patient?.appointments.nodes ?? [];
  const [initial] = useState<RecordValues>(() => {
    // Whoever is with the patient writes about that visit.
    const visit = visits.find(({ id, startsAt, status }) =>
      appointmentId ? id === appointmentId : status === 'IN_PROGRESS' && isoDayOf(startsAt) === clinic.today,
    );
    return {
      // Who signs answers for it: a doctor who writes, or the one whom the patient sees.
      practitionerId: (may('signMedicalRecord') ? own?.id : visit?.practitioner?.id) ?? null,
      appointmentId: visit?.id ?? null,
      recordedOn: typedDay(clinic.today),
      diagnosis: '',
      code: '',
      lines: [],
      notes: '',
    };
  });
  const draft = useDraft(patientId, record, initial);
  const takeBack = useApiMutation(MarkMedicalRecordInErrorDocument);
  const element = useRef<HTMLFormElement>(null);
  const [isSigning, setIsSigning] = useState(false);
  const [isDiscarding, setIsDiscarding] = useState(false);
  const wants = useRef<'save' | 'sign'>('save');
  const isKept = useRef(record !== undefined);

  const form = useForm<RecordValues>({
    initial: record ? valuesOf(record) : initial,
    labels,
    async send(values) {
      const want = wants.current;
      wants.current = 'save';
      try {
        if (want === 'sign') {
          const id = await draft.saveAndSign(values);
          release();
          toast(t('record.isSigned'));
          onDone(id);
        } else {
          const { id, code, practitioner } = await draft.save(values);
          if (code !== null && code !== values.code) form.set('code', code);
          // Of a draft whose first answer was lost the doctor is the one that was chosen then.
          if (practitioner && practitioner.id !== values.practitionerId) form.set('practitionerId', practitioner.id);
          if (!isKept.current) onKept?.(id);
          isKept.current = true;
        }
      } catch (error) {
        if (!(error instanceof ApiError && (error.code === 'VERSION_CONFLICT' || error.code === 'CONFLICT'))) throw ledToLines(error, values.lines);
        const merged = await draft.meet(values);
        if (!merged) throw error;
        for (const name of Object.keys(merged) as (keyof RecordValues)[]) form.set(name, merged[name]);
      }
    },
  });
  const { values, mistakes } = form;
  const isChanged = isChangedFrom(draft.saved, values);
  const release = useLeaveGuard(isChanged);
  const isGone = draft.stored !== undefined && draft.stored.status !== 'DRAFT';
  const answers = draft.stored?.practitioner ?? choices.practitioners.nodes.find(({ id }) => id === values.practitionerId);
  const maySign = may('signMedicalRecord') && own !== null && own.id === values.practitionerId;

  const save = () => element.current?.requestSubmit();
  const sign = () => (draftProblems(values).length > 0 ? save() : setIsSigning(true));
  useKeys(isGone ? [] : [
    { key: 'mod+s', label: t('record.saveDraft'), run: save, isInBar: true },
    ...(maySign ? [{ key: 'mod+Enter', label: t('record.sign'), run: sign, isInBar: true }] : []),
  ]);

  return (
    <section aria-label={t('record.add')} className="min-w-0 rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-6 py-3 max-s:px-4">
        <h2 className="text-page font-semibold tracking-tight">{t(draft.stored ? 'record.draftTitle' : 'record.add')}</h2>
        {draft.stored ? <RecordStatusBadge status={draft.stored.status} /> : <Badge>{t('record.notKept')}</Badge>}
        <span role="status" className="ms-auto text-small text-ink-3">
          {form.isSending ? t('record.saving') : isChanged ? draft.stored && t('record.unsaved') : draft.stored && t('record.saved', { time: time(draft.stored.updatedAt) })}
        </span>
      </header>
      <form ref={element} onSubmit={form.submit} method="post" noValidate className="grid gap-4 px-6 py-4 max-s:px-4">
        {isGone ? (
          <Banner tone="danger" title={t(`record.gone${draft.stored?.status === 'ENTERED_IN_ERROR' ? 'InError' : 'Signed'}`)}>
            <span className="flex flex-wrap gap-2">
              {may('amendMedicalRecord') && draft.stored?.status !== 'ENTERED_IN_ERROR' && (
                <Button
                  kind="main"
                  onPress={() => {
                    release();
                    onAmend(values);
                  }}
                >
                  {t('record.amendWithThis')}
                </Button>
              )}
            </span>
          </Banner>
        ) : (
          <MistakeSummary mistakes={summaryMistakes(form, i18n)} whole={form.whole} />
        )}
        {draft.conflict && !isGone && (
          <RecordConflict
            conflict={draft.conflict}
            onTake={(field) => {
              const { conflict } = draft;
              if (!conflict) return;
              form.set(field, conflict.theirs[field]);
              draft.setConflict({ ...conflict, both: conflict.both.filter((one) => one !== field) });
            }}
          />
        )}
        <div className="grid grid-cols-2 items-start gap-4 max-s:grid-cols-1">
          <Fixed
            label={t('record.selectPatient')}
            action={
              !draft.stored && (
                <Button
                  isSmall
                  kind="quiet"
                  onPress={() => open({ name: 'find', onChoose: (id) => navigate(`/patients/${id}/records/new`) })}
                >
                  {t('record.changePatient')}
                </Button>
              )
            }
          >
            <PersonName>{patient.displayName}</PersonName>
            <span className="text-small text-ink-3">{[born(patient), patient.mrn].join(', ')}</span>
          </Fixed>
          {draft.stored ? (
            <Fixed label={t(labels.practitionerId)}>
              <PersonName>{answers?.displayName ?? t('common.noneRecorded')}</PersonName>
            </Fixed>
          ) : (
            <SelectField
              name="practitionerId"
              label={t(labels.practitionerId)}
              value={values.practitionerId}
              onChange={(id) => form.set('practitionerId', id)}
              choices={choices.practitioners.nodes.map(({ id, displayName, specialty }) => ({
                value: id,
                label: specialty ? `${displayName}, ${specialty}` : displayName,
              }))}
              placeholder={t('common.choose')}
              mistake={mistakes.practitionerId}
              isRequired
            />
          )}
          <SelectField
            name="appointmentId"
            label={t(labels.appointmentId)}
            value={values.appointmentId ?? 'NONE'}
            onChange={(id) => form.set('appointmentId', id === 'NONE' ? null : id)}
            choices={[
              { value: 'NONE', label: t('record.noVisit') },
              ...visits.map(({ id, startsAt, reason }) => ({
                value: id,
                label: `${dayOf(startsAt)}, ${time(startsAt)}${reason ? ` · ${reason.slice(0, 60)}` : ''}`,
              })),
            ]}
            mistake={mistakes.appointmentId}
          />
          <DateField
            name="recordedOn"
            label={t(labels.recordedOn)}
            hint={t('record.dateHint')}
            value={values.recordedOn}
            onChange={(value) => form.set('recordedOn', value)}
            mistake={mistakes.recordedOn}
          />
        </div>
        <RecordFields form={form} autoFocus={!record} />
        <footer className="-mx-6 mt-2 -mb-4 flex flex-wrap items-center justify-end gap-2 border-t border-line px-6 py-3 max-s:mx-0 max-s:px-0">
          <span className="me-auto">
            <Button kind="quiet" onPress={() => (draft.stored ? setIsDiscarding(true) : navigate(`/patients/${patientId}/records`))}>
              {t('record.discard')}
            </Button>
          </span>
          {!maySign && answers && <span className="text-small text-ink-2">{t('record.signedByOther', { who: answers.displayName })}</span>}
          <Button type="submit" kind={maySign ? 'plain' : 'main'} keyHint="mod+s" isPending={form.isSending} isDisabled={isGone}>
            {t('record.saveDraft')}
          </Button>
          {maySign && (
            <Button kind="main" keyHint="mod+Enter" onPress={sign} isDisabled={isGone}>
              {t('record.sign')}
            </Button>
          )}
        </footer>
      </form>
      {isSigning && (
        <SignRecord
          diagnosis={[values.diagnosis.trim(), values.code.trim()].filter(Boolean).join(', ')}
          onClose={() => setIsSigning(false)}
          onSign={() => {
            setIsSigning(false);
            wants.current = 'sign';
            save();
          }}
        />
      )}
      {isDiscarding && draft.stored && (
        <GiveReason
          title={t('record.discardTitle')}
          action={t('record.discardIt')}
          onClose={() => setIsDiscarding(false)}
          send={async (reason) => {
            const { id, version } = draft.stored ?? { id: '', version: 0 };
            await takeBack({ input: { medicalRecordId: id, expectedVersion: version, reason } });
            release();
            toast(t('record.isDiscarded'));
            navigate(`/patients/${patientId}/records`);
          }}
        >
          {t('record.discardWhy')}
        </GiveReason>
      )}
    </section>
  );
}

/** What stands fast, in the place of a field. */
function Fixed({ label, action, children }: { label: string; action?: ReactNode; children: ReactNode }) {
  return (
    <div role="group" aria-label={label} className="grid min-w-0 content-start gap-1">
      <span className="text-small font-medium text-ink-2">
        {label}
        <span className="text-danger-text" aria-hidden="true">
          {' *'}
        </span>
      </span>
      <div className="flex min-h-control items-center gap-2 rounded-2 border border-line bg-sunken ps-2 pe-0.5 text-body">
        <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">{children}</span>
        {action}
      </div>
    </div>
  );
}
