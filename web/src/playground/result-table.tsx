import { useI18n } from '../lib/i18n';
import { Icon } from '../ui/icon';
import { isMeasure, isSuppressed, type Json, type Rows, textOf } from './rows';
import type { Order } from './use-order';

/** More rows would make the browser slow, and nobody reads them. */
const most = 500;

interface Props {
  rows: Rows;
  order: Order | null;
  onSort: (column: number) => void;
}

/** A list of an answer as a table. Its head sorts what is there; it asks the server nothing. */
export function ResultTable({ rows, order, onSort }: Props) {
  const { t } = useI18n();
  const { columns, cells, items, path } = rows;
  const isNumeric = columns.map((_column, at) => cells.some((row) => typeof row[at] === 'number') && cells.every((row) => row[at] === null || typeof row[at] === 'number'));
  if (items.length === 0) return <p className="words">{t('playground.noRows')}</p>;
  return (
    <>
      {items.length > most && <p className="words">{t('playground.firstRows', { count: most, all: items.length })}</p>}
      {/* It scrolls by the keyboard too. */}
      <section className="rows" tabIndex={0} aria-label={`${path}: ${t('playground.rows', { count: items.length })}`}>
        <table>
          <thead>
            <tr>
              {columns.map((column, at) => (
                <th key={column} scope="col" className={isNumeric[at] ? 'number' : undefined} aria-sort={order?.column === at ? order.direction : undefined}>
                  <button type="button" onClick={() => onSort(at)} title={t('playground.sortBy', { column })}>
                    {column}
                    {order?.column === at && <Icon name={order.direction === 'ascending' ? 'up' : 'down'} />}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cells.slice(0, most).map((row, at) => (
              // Rows have no name of their own, and are never changed in place.
              <tr key={at}>
                {row.map((value, place) => (
                  <td key={columns[place]} className={isNumeric[place] ? 'number' : undefined}>
                    {isSuppressed(items[at]) && value === null && isMeasure(columns[place] ?? '') ? (
                      <em className="hidden-cell" title={t('playground.hiddenWhy')}>
                        {t('playground.hidden')}
                      </em>
                    ) : (
                      <Value value={value} />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

/** A value as it reads: a short list of texts as they are, of anything else how many. */
function Value({ value }: { value: Json }) {
  const { t } = useI18n();
  if (value === null) return <span className="null">null</span>;
  if (!Array.isArray(value)) return textOf(value);
  const isShort = value.length <= 5 && value.every((one) => typeof one !== 'object');
  return isShort ? value.map(textOf).join(', ') : t('playground.items', { count: value.length });
}
