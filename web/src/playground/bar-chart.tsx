import type { Category, Point } from './chart-data';
import { fillOf, Patterns } from './chart-marks';
import { called } from './chart-words';

export interface DrawnProps {
  /** Makes the names of patterns the page's only ones. */
  id: string;
  categories: Category[];
  /** The name of the only one is "". */
  series: { name: string; points: Point[] }[];
  width: number;
  /** From 0 to at least the greatest value. */
  steps: number[];
  /** In words. */
  place: (id: string) => string;
  value: (amount: number) => string;
  hidden: string;
  none: string;
  label: string;
}

const top = 6;
const bottom = 26;

/** How wide a letter of a text is taken for, in px: Georgian ones are wider. */
const letterOf = (text: string) => (/[ა-ჰ]/.test(text) ? 8 : 7);

/** As much of a text as has room. */
function cut(text: string, room: number): string {
  const letters = Math.floor(room / letterOf(text));
  return text.length > letters ? `${text.slice(0, Math.max(letters - 1, 1))}…` : text;
}

/** Lying bars: a row for each place, and in it a bar for each series. */
export function BarChart({ id, categories, series, width, steps, place, value, hidden, none, label }: DrawnProps) {
  const names = categories.map(({ id }) => place(id));
  const longest = Math.max(...names.map((name) => name.length * letterOf(name)));
  const left = Math.min(longest + 12, Math.floor(width * 0.36));
  const right = 72;
  const room = Math.max(width - left - right, 40);
  const thick = series.length === 1 ? 20 : 13;
  const row = series.length * (thick + 1) + 9;
  const height = top + categories.length * row + bottom;
  const greatest = steps.at(-1) || 1;
  const x = (amount: number) => left + (amount / greatest) * room;
  // Every second step where all have no room.
  const shown = steps.filter((_step, at) => room / steps.length > 48 || at % 2 === 0);
  return (
    <svg className="chart" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <Patterns id={id} />
      {shown.map((step) => (
        <g key={step}>
          <line className="grid" x1={x(step)} x2={x(step)} y1={top - 2} y2={height - bottom + 2} />
          <text className="tick" x={x(step)} y={height - 8} textAnchor="middle">
            {value(step)}
          </text>
        </g>
      ))}
      {categories.map((category, at) => (
        <g key={category.id}>
          <text className="name" x={left - 8} y={top + at * row + (row - 9) / 2 + 5} textAnchor="end">
            {cut(names[at] ?? '', left - 8)}
            <title>{names[at]}</title>
          </text>
          {series.map(({ name, points }, place) => {
            const point = points[at] ?? 'none';
            const y = top + at * row + place * (thick + 1);
            const words = `${called(names[at] ?? '', name)}: ${point === 'hidden' ? hidden : point === 'none' ? none : value(point.value)}`;
            if (point === 'none') return series.length === 1 && <text key={name} className="aside" x={left + 6} y={y + thick - 5}>{none}</text>;
            if (point === 'hidden') {
              return (
                <g key={name}>
                  <rect className="hidden-bar" x={left + 0.5} y={y + 0.5} width={Math.min(90, room)} height={thick - 1} rx="2" fill={`url(#${id}-hidden)`}>
                    <title>{words}</title>
                  </rect>
                  <text className="aside" x={left + Math.min(90, room) + 6} y={y + thick / 2 + 4}>
                    {hidden}
                  </text>
                </g>
              );
            }
            return (
              <g key={name} className={`of-${place}`}>
                <rect className="bar-of" x={left} y={y} width={Math.max(x(point.value) - left, 1)} height={thick} rx="2" fill={fillOf(id, place)}>
                  <title>{words}</title>
                </rect>
                <text className="amount" x={x(point.value) + 6} y={y + thick / 2 + 4}>
                  {value(point.value)}
                </text>
              </g>
            );
          })}
        </g>
      ))}
    </svg>
  );
}
