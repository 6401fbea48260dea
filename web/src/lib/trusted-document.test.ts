import { createHash } from 'node:crypto';
import { type DocumentNode, parse, print } from 'graphql';
import { createRequest, formatDocument, stringifyDocument } from 'urql';
import { afterEach, describe, expect, it, vi } from 'vitest';
import texts from '../gql/documents.json';
import { documentIds } from '../gql/document-ids';
import * as nouns from '../gql/patient';
import { fetchTrusted, withDocumentId } from './trusted-document';

afterEach(() => vi.unstubAllGlobals());

const post = (body: object) => ({ method: 'POST', body: JSON.stringify(body) });

describe('a trusted document', () => {
  it('has the id of a text that the server has', () => {
    const known = texts.map((text) => `sha256:${createHash('sha256').update(text).digest('hex')}`);
    for (const [name, id] of Object.entries(documentIds)) expect(known, name).toContain(id);
  });

  it.each(Object.entries(nouns).filter(([name]) => name.endsWith('Document')))('%s asks for what the cache would have sent', (_name, document) => {
    const sent = stringifyDocument(formatDocument(createRequest(print(document as DocumentNode), {}).query) as never);
    const definitions = (text: string) => parse(text).definitions.map((definition) => print(definition)).sort();
    expect(texts.map(definitions)).toContainEqual(definitions(sent));
  });

  it('goes by its id, with all else as it was', () => {
    const body = withDocumentId(JSON.stringify({ query: 'query Patients { … }', operationName: 'Patients', variables: { first: 5 } }));
    expect(JSON.parse(body)).toEqual({ documentId: documentIds.Patients, operationName: 'Patients', variables: { first: 5 } });
  });

  it('goes as a text when it has no id', () => {
    const body = JSON.stringify({ query: 'query Other { clinic { name } }', operationName: 'Other' });
    expect(withDocumentId(body)).toBe(body);
  });

  it('goes as a text to a server of another version', async () => {
    const statuses = [404, 200];
    const server = vi.fn(async (_address: string, _init: RequestInit) => new Response('{}', { status: statuses.shift() ?? 500 }));
    vi.stubGlobal('fetch', server);
    const response = await fetchTrusted('/graphql', post({ query: 'query Patients { … }', operationName: 'Patients' }));
    expect(response.status).toBe(200);
    expect(server.mock.calls.map(([, init]) => Object.keys(JSON.parse(String(init.body)))[0])).toEqual(['documentId', 'query']);
  });
});
