import { documentIds } from '../gql/document-ids';

/** The body of a request that names its operation's document instead of holding it; the same body where it has no id. */
export function withDocumentId(body: string): string {
  const { query, ...rest } = JSON.parse(body) as { query?: string; operationName?: string };
  const documentId = query && rest.operationName && documentIds[rest.operationName + (query.includes('@asOf(') ? '@asOf' : '')];
  return documentId ? JSON.stringify({ documentId, ...rest }) : body;
}

/**
 * fetch, which sends the ids of documents in their place. A server of another version than this page may not have one of
 * them, and is sent the text then.
 */
export async function fetchTrusted(address: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  if (typeof init.body !== 'string') return fetch(address, init);
  const body = withDocumentId(init.body);
  const response = await fetch(address, { ...init, body });
  return response.status === 404 && body !== init.body ? fetch(address, init) : response;
}
