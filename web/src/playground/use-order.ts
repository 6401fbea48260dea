import { useMemo, useState } from 'react';
import { localeOf, useI18n } from '../lib/i18n';
import { compare, type Rows } from './rows';

export interface Order {
  column: number;
  direction: 'ascending' | 'descending';
}

/** Rows in the order that was chosen for them, by a column: up, down, and as they came. Other rows come as they are. */
export function useOrder(rows: Rows | undefined): [Rows | undefined, Order | null, (column: number) => void] {
  const { language } = useI18n();
  const [chosen, choose] = useState<{ of: Rows | undefined; order: Order | null }>({ of: undefined, order: null });
  const order = chosen.of === rows ? chosen.order : null;
  const ordered = useMemo(() => {
    if (!rows || !order) return rows;
    const collator = new Intl.Collator(localeOf[language], { numeric: true });
    const sign = order.direction === 'ascending' ? 1 : -1;
    const places = rows.cells.map((_row, at) => at);
    places.sort((a, b) => {
      const [first, second] = [rows.cells[a]?.[order.column] ?? null, rows.cells[b]?.[order.column] ?? null];
      // What is not there stays last both ways.
      return first === null || second === null ? compare(first, second, collator) : sign * compare(first, second, collator);
    });
    return { ...rows, items: places.map((at) => rows.items[at] ?? null), cells: places.map((at) => rows.cells[at] ?? []) };
  }, [rows, order, language]);
  const sort = (column: number) => {
    const next = order?.column !== column ? 'ascending' : order.direction === 'ascending' ? 'descending' : null;
    choose({ of: rows, order: next && { column, direction: next } });
  };
  return [ordered, order, sort];
}
