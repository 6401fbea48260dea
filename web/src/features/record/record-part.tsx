import { useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { buttonClass } from '../../components/button';
import { Empty, Failed, Loading } from '../../components/states';
import type { PatientFactsFragment } from '../../gql/patient';
import { MedicalRecordDocument, RecordChoicesDocument } from '../../gql/record';
import { useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';
import { AmendRecord } from './amend-record';
import { RecordAside } from './record-aside';
import { RecordForm } from './record-form';
import { RecordSheet } from './record-sheet';
import type { RecordValues } from './record-values';

interface Props {
  patient: PatientFactsFragment;
  /** Absent of a record that is to be written. */
  recordId?: string;
}

/** One record of a chart: a draft to go on with, a signed one to read and amend, or a new one. */
export default function RecordPart({ patient, recordId }: Props) {
  const patientId = patient.id;
  const { t } = useI18n();
  const { may, pastAt } = useSession();
  const [location, navigate] = useLocation();
  const search = new URLSearchParams(useSearch());
  // A new record that was kept has its id behind the question mark: the form stays as it is under the fingers.
  const id = recordId ?? search.get('record') ?? '';
  const [isNew] = useState(!id);
  const [isWriting, setIsWriting] = useState(isNew);
  const [isAmending, setIsAmending] = useState(false);
  const [typed, setTyped] = useState<RecordValues>();
  const { data, error, isLoading, retry } = useApiQuery(MedicalRecordDocument, { id }, { pause: !id });
  const found = data?.medicalRecord;
  const record = found?.patient.id === patientId ? found : undefined;
  const isDraft = record?.status === 'DRAFT' && may('updateMedicalRecord');
  const choices = useApiQuery(RecordChoicesDocument, { patientId }, { pause: Boolean(pastAt) || !(isDraft || isWriting) });
  // Once one writes, nothing that another desk does takes the form away.
  if (isDraft && !isWriting) setIsWriting(true);

  const home = `/patients/${patientId}/records`;
  const isNobodys = data !== undefined && !record;
  const isNoId = error?.problems.some(({ path }) => path[0] === 'id');
  if (isNobodys || isNoId) {
    return (
      <Empty title={t('record.noSuch')}>
        <Link href={home} className={buttonClass('main')}>
          {t('record.toAll')}
        </Link>
      </Empty>
    );
  }
  const failure = (error && !data ? error : null) ?? (choices.error && !choices.data ? choices.error : null);
  const again = () => {
    retry();
    choices.retry();
  };
  const isReady = isWriting ? choices.data !== undefined && (isNew || record !== undefined) : !isLoading;
  const done = (signed: string) => {
    setIsWriting(false);
    if (location !== `${home}/${signed}`) navigate(`${home}/${signed}`, { replace: true });
  };
  return (
    <div className="mx-auto grid w-full max-w-[90rem] grid-cols-[minmax(0,1fr)_19rem] items-start gap-4 p-4 max-m:grid-cols-1 max-s:gap-3 max-s:px-0 print:block print:p-0">
      {failure && <Failed error={failure} onRetry={again} />}
      {!failure && !isReady && <Loading />}
      {isReady && isWriting && choices.data && (
        <RecordForm
          // Another patient's form is another form.
          key={patientId}
          patient={patient}
          choices={choices.data}
          {...(record && !isNew && { record })}
          appointmentId={search.get('appointment') ?? undefined}
          onKept={(kept) => navigate(`${location}?record=${kept}`, { replace: true })}
          onDone={done}
          onAmend={(values) => {
            setTyped(values);
            setIsAmending(true);
            setIsWriting(false);
          }}
        />
      )}
      {isReady && !isWriting && record && isAmending && (
        <AmendRecord
          record={record}
          typed={typed}
          onDone={() => {
            setTyped(undefined);
            setIsAmending(false);
          }}
        />
      )}
      {isReady && !isWriting && record && !isAmending && <RecordSheet key={record.id} record={record} onAmend={() => setIsAmending(true)} />}
      <RecordAside patientId={patientId} record={record} />
    </div>
  );
}
