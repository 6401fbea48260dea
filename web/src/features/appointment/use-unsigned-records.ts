import { OwnPractitionerDocument, UnsignedRecordsDocument } from '../../gql/appointment';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';

/** How many of one's own records wait for a signature; null for who signs none. */
export function useUnsignedRecords(): number | null {
  const { readsCharts, may } = useSession();
  const signs = readsCharts && may('signMedicalRecord');
  const own = useApiQuery(OwnPractitionerDocument, {}, { pause: !signs });
  const practitionerId = own.data?.viewer?.user.practitioner?.id;
  const { data } = useApiQuery(UnsignedRecordsDocument, { practitionerId: practitionerId ?? '' }, { pause: !practitionerId });
  return data?.medicalRecords.totalCount ?? null;
}
