import { PatientChangedDocument } from '../../gql/patient';
import { useChanges } from '../../lib/use-changes';
import { useSoon } from '../../lib/use-soon';

/**
 * Keeps what is shown of these patients, 100 at most, as it is at the other desks: what tells them apart changes where it
 * stands, and `retry` is called for the rest.
 */
export function usePatientChanges(patientIds: readonly string[], retry: () => void) {
  const soon = useSoon(retry);
  useChanges(PatientChangedDocument, patientIds.length > 0 ? { patientIds: patientIds.slice(0, 100) } : null, ({ patientChanged }) => {
    if (patientChanged.kind !== 'STARTED') soon();
  });
}
