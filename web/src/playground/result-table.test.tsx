import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { I18nProvider, loadMessages, withTexts } from '../lib/i18n';
import { Chart } from './chart';
import { ResultTable } from './result-table';
import { type Json, listsOf, type Rows } from './rows';
import { useOrder } from './use-order';

const messages = await withTexts(loadMessages('en'));

function Sorted({ rows }: { rows: Rows }) {
  const [ordered = rows, order, sort] = useOrder(rows);
  return <ResultTable rows={ordered} order={order} onSort={sort} />;
}

function show(nodes: Json[], what: 'table' | 'chart' = 'table') {
  const [rows] = listsOf({ appointmentStats: { nodes } });
  if (!rows) throw new Error('no list');
  return render(
    <I18nProvider language="en" messages={messages}>
      {what === 'table' ? <Sorted rows={rows} /> : <Chart rows={rows} />}
    </I18nProvider>,
  );
}

const cell = (weekday: string, count: number | null) => ({ key: { weekday }, isSuppressed: count === null, count });
const week = [cell('MONDAY', 9), cell('TUESDAY', null), cell('WEDNESDAY', 30)];
const column = (at: number) =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getAllByRole('cell')[at]?.textContent);

afterEach(cleanup);

describe('ResultTable', () => {
  it('shows columns by their names, and of a hidden cell neither zero nor nothing', () => {
    show(week);
    expect(screen.getAllByRole('columnheader').map((head) => head.textContent)).toEqual(['key.weekday', 'isSuppressed', 'count']);
    expect(column(2)).toEqual(['9', 'hidden', '30']);
  });

  it('sorts up, down, and back to how it came, with what is hidden last', () => {
    show(week);
    const sort = () => fireEvent.click(screen.getByRole('button', { name: 'count' }));
    sort();
    expect(column(2)).toEqual(['9', '30', 'hidden']);
    expect(screen.getByRole('columnheader', { name: 'count' }).getAttribute('aria-sort')).toBe('ascending');
    sort();
    expect(column(2)).toEqual(['30', '9', 'hidden']);
    sort();
    expect(column(0)).toEqual(['MONDAY', 'TUESDAY', 'WEDNESDAY']);
  });

  it('shows the first rows of a long list, and says so', () => {
    show(Array.from({ length: 501 }, (_, at) => ({ at })));
    expect(screen.getAllByRole('row')).toHaveLength(501);
    expect(screen.getByText('The first 500 of 501 rows are shown. A download has all of them.')).toBeTruthy();
  });
});

describe('Chart', () => {
  it('says in words what it draws, with what is hidden', () => {
    show(week, 'chart');
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
      'count by weekday. Lowest: Monday, 9. Highest: Wednesday, 30. 1 cell is hidden, for it, or one that it would give away, has too few patients. The table below holds the same figures.',
    );
  });

  it('draws a bar for each value, and for a hidden cell a mark of its own', () => {
    const { container } = show(week, 'chart');
    expect(container.querySelectorAll('.bar-of')).toHaveLength(2);
    expect([...container.querySelectorAll('[role=img] .hidden-bar title')].map((title) => title.textContent)).toEqual(['Tuesday: hidden']);
  });

  it('ends a line where a cell is hidden or missing', () => {
    const day = (weekOn: string, count: number | null) => ({ key: { weekOn }, isSuppressed: count === null, count });
    const { container } = show([day('2026-01-05', 3), day('2026-01-12', 4), day('2026-01-19', null), day('2026-01-26', 5), day('2026-02-09', 6)], 'chart');
    expect(container.querySelector('.line')?.getAttribute('d')?.replaceAll(/[\d. ]+/g, '')).toBe('MLMM');
    expect(container.querySelectorAll('[role=img] .mark')).toHaveLength(4);
  });

  it('says of several series which is hidden where', () => {
    const month = (monthOn: string, sex: string, count: number | null) => ({ key: { monthOn, sex }, isSuppressed: count === null, count });
    const { container } = show([month('2026-01-01', 'FEMALE', 30), month('2026-02-01', 'FEMALE', 35), month('2026-01-01', 'OTHER', null), month('2026-02-01', 'OTHER', null)], 'chart');
    expect([...container.querySelectorAll('[role=img] .hidden-bar title')].map((title) => title.textContent)).toEqual(['Jan 2026 · Other: hidden', 'Feb 2026 · Other: hidden']);
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['Female', 'Other: hidden']);
  });

  it('says why there is none', () => {
    show([{ id: 'a' }], 'chart');
    expect(screen.getByText(/^A chart shows statistics/)).toBeTruthy();
    cleanup();
    show([cell('MONDAY', null)], 'chart');
    expect(screen.getByText(/^No measure of this answer can be drawn/)).toBeTruthy();
  });
});
