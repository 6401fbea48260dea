import { createHash } from 'node:crypto';
import { type DocumentNode, parse, print } from 'graphql';
import { createRequest, formatDocument, stringifyDocument } from 'urql';
import { afterEach, describe, expect, it, vi } from 'vitest';
import texts from '../gql/documents.json';
import { documentIds } from '../gql/document-ids';
import * as appointment from '../gql/appointment';
import * as patient from '../gql/patient';
import * as record from '../gql/record';
import { asOf } from './as-of.mjs';
import { fetchTrusted, withDocumentId } from './trusted-document';

afterEach(() => vi.unstubAllGlobals());

const post = (body: object) => ({ method: 'POST', body: JSON.stringify(body) });

describe('a trusted document', () => {
  it('has the id of a text that the server has', () => {
    const known = texts.map((text) => `sha256:${createHash('sha256').update(text).digest('hex')}`);
    for (const [name, id] of Object.entries(documentIds)) expect(known, name).toContain(id);
  });

  const definitions = (text: string) => parse(text).definitions.map((definition) => print(definition)).sort();
  const known = texts.map(definitions);
  const sent = (document: unknown) => formatDocument(createRequest(print(document as DocumentNode), {}).query) as DocumentNode;

  it.each(Object.entries({ ...patient, ...record, ...appointment }).filter(([name]) => name.endsWith('Document')))(
    '%s asks for what the cache would have sent, now and then',
    (name, document) => {
      expect(known).toContainEqual(definitions(stringifyDocument(sent(document) as never)));
      const isQuery = (document as DocumentNode).definitions.some((part) => part.kind === 'OperationDefinition' && part.operation === 'query');
      if (isQuery) expect(known).toContainEqual(definitions(print(asOf(sent(document)))));
      expect(Object.keys(documentIds).includes(name.replace('Document', '@asOf'))).toBe(isQuery);
    },
  );

  it('of the past never goes as one of now', () => {
    const query = print(asOf(patient.PatientDocument));
    const body = JSON.parse(withDocumentId(JSON.stringify({ query, operationName: 'Patient', variables: { id: 'p', pastAt: '2026-03-01T09:00:00Z' } })));
    expect(body.documentId).toBe(documentIds['Patient@asOf']);
    expect(body.documentId).not.toBe(documentIds.Patient);
    expect(body.variables.pastAt).toBe('2026-03-01T09:00:00Z');
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
