import { Dialog } from '../../components/dialog';
import { Empty, Failed, Loading } from '../../components/states';
import { Versions } from '../../components/versions';
import { AllergyHistoryDocument } from '../../gql/patient';
import { type Key, useI18n } from '../../lib/i18n';
import { useApiQuery } from '../../lib/use-api';

const fields: Partial<Record<string, Key>> = {
  substance: 'allergy.substance',
  code: 'allergy.code',
  reaction: 'allergy.reaction',
  severity: 'allergy.severity',
  status: 'allergy.certainty',
  notedOn: 'allergy.notedOn',
};
const values: Partial<Record<string, Key>> = Object.fromEntries([
  ...['SEVERE', 'MODERATE', 'MILD', 'UNKNOWN'].map((one) => [`severity.${one}`, `allergy.${one}`]),
  ...['CONFIRMED', 'UNCONFIRMED', 'RESOLVED', 'REFUTED', 'ENTERED_IN_ERROR'].map((one) => [`status.${one}`, `allergy.${one}`]),
]);
/** Said already as the reason of the change, or no matter of the clinic's. */
const untold = new Set(['patient', 'codeSystem', 'statusReason']);

interface Props {
  allergy: { id: string; substance: string };
  patientId: string;
  onClose: () => void;
}

/** All versions of an allergy: who noted it, and who was how sure and why. */
export function AllergyHistory({ allergy, patientId, onClose }: Props) {
  const { t } = useI18n();
  const { data, error, isLoading, retry } = useApiQuery(AllergyHistoryDocument, { id: allergy.id });
  const found = data?.node && 'history' in data.node ? data.node.history.nodes : null;
  return (
    <Dialog title={t('allergy.historyOf', { substance: allergy.substance })} onClose={onClose}>
      {/* Its links lead into the past, where the window has no place. */}
      <div className="px-2 max-s:px-0" onClick={(event) => event.target instanceof Element && event.target.closest('a') && onClose()}>
        {isLoading && <Loading rows={3} />}
        {error && !found && <Failed error={error} onRetry={retry} />}
        {data && !found && <Empty title={t('history.none')} />}
        {found && (
          <Versions
            versions={found.map((version) => ({ ...version, changes: version.changes.filter(({ field }) => !untold.has(field)) }))}
            fields={fields}
            values={values}
            hrefAt={(at) => `/patients/${patientId}?at=${encodeURIComponent(at)}`}
          />
        )}
      </div>
    </Dialog>
  );
}
