import { useEffect, useState } from 'react';
import { SearchPatientsDocument, type SearchPatientsQuery } from '../gql/patient';
import { useApiQuery } from '../lib/use-api';

/** How long to wait for the next letter before asking, in milliseconds: less than typing takes, more than a burst. */
const pause = 80;
const most = 12;

export type FoundPatientNode = SearchPatientsQuery['searchPatients']['edges'][number]['node'];

/** Who fits what is typed: names in any order and script, the end of a telephone, a number, a birth date. */
export function usePatientSearch(typed: string, isPaused = false) {
  const [query, setQuery] = useState(typed.trim());
  useEffect(() => {
    const timer = setTimeout(() => setQuery(typed.trim()), pause);
    return () => clearTimeout(timer);
  }, [typed]);
  // What is typed counts, not what is asked already: an Enter that comes before the question waits for its answer.
  const isLong = typed.trim().length >= 2 && !isPaused;
  const isAsked = isLong && query.length >= 2;
  const { data, error, isOld, retry } = useApiQuery(
    SearchPatientsDocument,
    { query: query.slice(0, 100), first: most },
    { pause: !isAsked, keepsOld: true },
  );
  const found = isAsked ? namesakesTogether((data?.searchPatients.edges ?? []).map(({ node }) => node)) : [];
  return {
    found,
    /** How many have a name that is among the found. */
    namesakes: (name: string) => found.filter(({ displayName }) => displayName === name).length,
    totalCount: data?.searchPatients.totalCount,
    error: isAsked ? error : null,
    retry,
    /** Enough is typed to look for. */
    isLong,
    /** What is found is what is typed. */
    isCurrent: query === typed.trim() && !isOld,
  };
}

/** Best first, but those of one name one after the other, where the best of them stands. */
function namesakesTogether(found: readonly FoundPatientNode[]): FoundPatientNode[] {
  const byName = Map.groupBy(found, ({ displayName }) => displayName);
  return [...byName.values()].flat();
}
