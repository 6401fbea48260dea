import { request } from '../lib/graphql';
import type { JsonObject } from './rows';

/** What opens in a tab. */
export interface Query {
  document: string;
  variables: JsonObject;
}

export interface Example extends Query {
  id: string;
  title: string;
  description: string;
}

export interface SavedQuery extends Query {
  id: string;
  name: string;
  description: string | null;
  isShared: boolean;
  exportUrl: string;
  version: number;
  owner: { id: string; displayName: string };
}

/** What somebody gives a query that they keep. */
export interface ToSave extends Query {
  name: string;
  description: string | null;
  isShared: boolean;
}

const savedQuery = 'id name description document variables isShared exportUrl version owner { id displayName }';

/** The operations of the page itself. They go as texts, as those go that are written in it. */
export const operations = {
  examples: 'query PlaygroundExamples { exampleQueries { id title description document variables } }',
  saved: `query PlaygroundSaved($id: ID!) { savedQuery(id: $id) { ${savedQuery} } }`,
  allSaved: `query PlaygroundAllSaved($after: String) { savedQueries(first: 100, after: $after) { nodes { ${savedQuery} } pageInfo { hasNextPage endCursor } } }`,
  save: `mutation PlaygroundSave($input: SaveQueryInput!) { saveQuery(input: $input) { savedQuery { ${savedQuery} } } }`,
  update: `mutation PlaygroundUpdate($input: UpdateSavedQueryInput!) { updateSavedQuery(input: $input) { savedQuery { ${savedQuery} } } }`,
  remove: 'mutation PlaygroundDelete($input: DeleteSavedQueryInput!) { deleteSavedQuery(input: $input) { deletedSavedQueryId } }',
};

export async function loadExamples(): Promise<Example[]> {
  return (await request<{ exampleQueries: Example[] }>(operations.examples)).exampleQueries;
}

/** One's own, by name, all of them. */
export async function loadAllSaved(): Promise<SavedQuery[]> {
  const all: SavedQuery[] = [];
  for (let after: string | null = null, hasNext = true; hasNext; ) {
    const { savedQueries }: { savedQueries: { nodes: SavedQuery[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } } = await request(operations.allSaved, { after });
    all.push(...savedQueries.nodes);
    ({ hasNextPage: hasNext, endCursor: after } = savedQueries.pageInfo);
  }
  return all;
}

/** Null when there is none, or when it is not shared. */
export async function loadSaved(id: string): Promise<SavedQuery | null> {
  return (await request<{ savedQuery: SavedQuery | null }>(operations.saved, { id })).savedQuery;
}

export async function save(input: ToSave): Promise<SavedQuery> {
  return (await request<{ saveQuery: { savedQuery: SavedQuery } }>(operations.save, { input })).saveQuery.savedQuery;
}

/** Rejects with VERSION_CONFLICT when somebody changed it after that version. */
export async function update({ id, version }: Pick<SavedQuery, 'id' | 'version'>, input: ToSave): Promise<SavedQuery> {
  const { updateSavedQuery } = await request<{ updateSavedQuery: { savedQuery: SavedQuery } }>(operations.update, {
    input: { savedQueryId: id, expectedVersion: version, ...input },
  });
  return updateSavedQuery.savedQuery;
}

export async function remove({ id, version }: Pick<SavedQuery, 'id' | 'version'>): Promise<void> {
  await request(operations.remove, { input: { savedQueryId: id, expectedVersion: version } });
}
