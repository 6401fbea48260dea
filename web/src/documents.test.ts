import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { defaultQuery } from './playground/default-query';
import { operations } from './playground/operations';

const graph = path.resolve(import.meta.dirname, '../../graph');
const files = existsSync(graph) ? readdirSync(graph).filter((name) => name.endsWith('.graphqls')) : [];
const sdl = files.map((name) => readFileSync(path.join(graph, name), 'utf8')).join('\n');
const all = { defaultQuery, ...operations };

describe.each(Object.entries(all))('%s', (_name, document) => {
  it('is one operation', () => {
    expect(parse(document).definitions).toHaveLength(1);
  });

  // An image of the web build alone holds no schema.
  it.skipIf(files.length === 0)('fits the schema of this server', () => {
    expect(validate(buildSchema(sdl), parse(document)).map(String)).toEqual([]);
  });
});
