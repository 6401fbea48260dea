import { useCallback } from 'react';
import { useClient } from 'urql';
import { MedicalRecordDocument, type RecordContentFragment } from '../../gql/record';
import { apiError } from '../../lib/client';

/** Asks the server, past the cache, how a record stands now. */
export function useFreshRecord(): (id: string) => Promise<RecordContentFragment | null> {
  const client = useClient();
  return useCallback(
    async (id) => {
      const { data, error } = await client.query(MedicalRecordDocument, { id }, { requestPolicy: 'network-only' });
      if (error) throw apiError(error);
      return data?.medicalRecord ?? null;
    },
    [client],
  );
}
