import { useState } from 'react';
import { Button } from '../../components/button';
import { Failed, Loading } from '../../components/states';
import { Versions } from '../../components/versions';
import { RecordHistoryDocument } from '../../gql/record';
import { type Key, useI18n } from '../../lib/i18n';
import { useApiQuery } from '../../lib/use-api';

const fields: Partial<Record<string, Key>> = {
  status: 'record.status',
  recordedOn: 'record.recordDate',
  diagnosis: 'record.diagnosis',
  code: 'record.code',
  codeSystem: 'record.codeSystem',
  prescription: 'record.prescription',
  notes: 'record.notes',
  practitioner: 'record.doctor',
  appointment: 'record.visit',
  signer: 'record.signer',
  signedAt: 'record.signedAt',
  amendedAt: 'record.amendedAt',
  amendmentReason: 'record.amendReason',
  errorReason: 'common.reason',
};
const values: Partial<Record<string, Key>> = {
  'status.DRAFT': 'record.DRAFT',
  'status.SIGNED': 'record.SIGNED',
  'status.AMENDED': 'record.AMENDED',
  'status.ENTERED_IN_ERROR': 'record.ENTERED_IN_ERROR',
};
/** Said already by who changed it and when, or no matter of the clinic's. */
const untold = new Set(['patient', 'author', 'signedBy', 'amendedBy', 'amendedAt', 'amendmentReason', 'codeSystem', 'prescriptionLines']);

/** All versions of a record, drafts included, for whoever opens them. */
export function RecordHistory({ recordId, patientId }: { recordId: string; patientId: string }) {
  const { t } = useI18n();
  const [isOpen, setIsOpen] = useState(false);
  const { data, error, isLoading, retry } = useApiQuery(RecordHistoryDocument, { id: recordId }, { pause: !isOpen });
  const versions = data?.medicalRecord?.history.nodes.map((version) => ({
    ...version,
    changes: version.changes.filter(({ field }) => !untold.has(field)),
  }));
  return (
    <section aria-label={t('history.title')} className="border-t border-line print:hidden">
      <div className="px-6 py-2 max-s:px-4">
        <Button kind="quiet" isSmall aria-expanded={isOpen} onPress={() => setIsOpen(!isOpen)}>
          {t(isOpen ? 'history.hide' : 'history.show')}
        </Button>
      </div>
      {isOpen && isLoading && <Loading rows={3} />}
      {isOpen && error && !versions && <Failed error={error} onRetry={retry} />}
      {isOpen && versions && (
        <Versions
          versions={versions}
          fields={fields}
          values={values}
          hrefAt={(at) => `/patients/${patientId}/records/${recordId}?at=${encodeURIComponent(at)}`}
        />
      )}
    </section>
  );
}
