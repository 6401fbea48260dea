import { VisitDocument } from '../../gql/appointment';
import { useApiQuery } from '../../lib/use-api';

/** A visit by its id: at once when a list on the screen has it. */
export function useVisit(id: string) {
  const { data, error, isLoading, retry } = useApiQuery(VisitDocument, { id });
  return { visit: data?.appointment ?? null, error, isLoading, retry };
}
