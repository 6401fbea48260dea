import { describe, expect, it } from 'vitest';
import { csvOf, ndjsonOf } from './csv';
import { compare, listsOf } from './rows';

const patients = {
  patients: {
    totalCount: 2,
    nodes: [
      { id: 'a', primaryPractitioner: null, appointments: { totalCount: 1, nodes: [{ reason: 'cough' }] } },
      { id: 'b', primaryPractitioner: { displayName: 'Nino Beridze', specialties: ['GP', 'ENT'] }, appointments: { totalCount: 0, nodes: [] } },
    ],
  },
  clinic: { name: 'Lomi', rooms: [{ name: '1' }] },
};

describe('listsOf', () => {
  it('finds the outermost lists in their order', () => {
    expect(listsOf(patients).map(({ path }) => path)).toEqual(['patients', 'clinic.rooms']);
  });

  it('dots what is nested, and keeps the place of what is missing in the first row', () => {
    const [rows] = listsOf(patients);
    expect(rows?.columns).toEqual(['id', 'primaryPractitioner.displayName', 'primaryPractitioner.specialties', 'appointments.totalCount', 'appointments.nodes']);
    expect(rows?.cells).toEqual([
      ['a', null, null, 1, [{ reason: 'cough' }]],
      ['b', 'Nino Beridze', ['GP', 'ENT'], 0, []],
    ]);
  });

  it('reads edges, lists of scalars and lists with gaps', () => {
    expect(listsOf({ users: { edges: [{ cursor: 'x', node: { id: 'a' } }] } })[0]?.cells).toEqual([['a']]);
    expect(listsOf({ codes: ['E11', 'I10'] })[0]).toMatchObject({ columns: ['codes'], cells: [['E11'], ['I10']] });
    expect(listsOf({ nodes: [null, { id: 'a' }] })[0]?.cells).toEqual([[null], ['a']]);
  });

  it('finds nothing where there is no list', () => {
    expect(listsOf({ patient: { id: 'a' } })).toEqual([]);
    expect(listsOf(undefined)).toEqual([]);
  });
});

describe('compare', () => {
  it('puts numbers by size, texts by the alphabet, and nothing last', () => {
    const collator = new Intl.Collator('en', { numeric: true });
    expect([10, 9, null, 2].sort((a, b) => compare(a, b, collator))).toEqual([2, 9, 10, null]);
    expect(['b', 'A', 'ა'].sort((a, b) => compare(a, b, collator))).toEqual(['A', 'b', 'ა']);
  });
});

describe('csvOf', () => {
  it('quotes what needs it, and lets no text be a formula', () => {
    const rows = { columns: ['name', 'n'], cells: [['a "b", c\nd', -1], ['=1+1', null], [['x'], true]] };
    expect(csvOf({ columns: ['reason'], cells: [[''], [null], ['a']] })).toBe('reason\r\n""\r\n""\r\na\r\n');
    expect(csvOf(rows)).toBe('name,n\r\n"a ""b"", c\nd",-1\r\n\'=1+1,\r\n"[""x""]",true\r\n');
  });
});

describe('ndjsonOf', () => {
  it('writes an item a line as it came', () => {
    expect(ndjsonOf([{ a: { b: 1 } }, null])).toBe('{"a":{"b":1}}\nnull\n');
  });
});
