import type { DrawnProps } from './bar-chart';
import type { Category } from './chart-data';
import { dashes, Mark, Patterns } from './chart-marks';
import { called } from './chart-words';

const height = 280;
const top = 10;
const bottom = 30;
const right = 40;
/** Half of the widest mark of what is hidden. */
const inset = 20;

/** Where the places stand from left to right, 0 to 1: days by their distance, others evenly. */
function spread(categories: Category[]): number[] {
  const days = categories.map(({ day }) => day);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined || last === first) return categories.map((_category, at) => at / Math.max(categories.length - 1, 1));
  return days.map((day) => ((day ?? first) - first) / (last - first));
}

/** Lines over time. A line ends where a cell is hidden, missing, or has nothing to tell. */
export function LineChart({ id, categories, series, width, steps, place, value, hidden, label }: DrawnProps) {
  const left = Math.max(40, Math.max(...steps.map((step) => value(step).length)) * 7 + 14);
  const room = Math.max(width - left - inset - right, 40);
  const low = height - bottom;
  const at = spread(categories).map((share) => left + inset + share * room);
  const y = (amount: number) => low - (amount / (steps.at(-1) || 1)) * (low - top);
  const step = Math.min(...at.slice(1).map((x, place) => x - (at[place] ?? 0)));
  const isNext = (place: number) => (at[place] ?? 0) - (at[place - 1] ?? 0) < step * 1.6;
  const wide = Math.max(Math.min(step - 2, 40), 4);
  // A name takes up to 84 px.
  const every = Math.max(1, Math.ceil((categories.length * 84) / room));
  return (
    <svg className="chart" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <Patterns id={id} />
      {steps.map((amount) => (
        <g key={amount}>
          <line className="grid" x1={left} x2={width - right + 12} y1={y(amount)} y2={y(amount)} />
          <text className="tick" x={left - 8} y={y(amount) + 4} textAnchor="end">
            {value(amount)}
          </text>
        </g>
      ))}
      {categories.map(({ id: category }, spot) => {
        const x = at[spot] ?? 0;
        const hiddenSeries = series.filter(({ points }) => points[spot] === 'hidden');
        return (
          <g key={category}>
            {spot % every === 0 && (
              <text className="tick" x={x} y={height - 8} textAnchor="middle">
                {place(category)}
              </text>
            )}
            {hiddenSeries.length > 0 && (
              <rect className="hidden-bar" x={x - wide / 2} y={low - 14} width={wide} height={14} fill={`url(#${id}-hidden)`}>
                <title>{`${called(place(category), hiddenSeries.map(({ name }) => name).join(', '))}: ${hidden}`}</title>
              </rect>
            )}
          </g>
        );
      })}
      {series.map(({ name, points }, which) => {
        let path = '';
        points.forEach((point, spot) => {
          if (typeof point === 'string') return;
          const isOn = spot > 0 && typeof points[spot - 1] === 'object' && isNext(spot);
          path += `${isOn ? 'L' : 'M'}${at[spot]} ${y(point.value)}`;
        });
        return (
          <g key={name} className={`of-${which}`}>
            <path className="line" d={path} strokeDasharray={dashes[which]} />
            {points.map((point, spot) => {
              const category = categories[spot]?.id ?? '';
              if (typeof point === 'string') return null;
              return <Mark key={category} series={which} x={at[spot] ?? 0} y={y(point.value)} label={`${called(place(category), name)}: ${value(point.value)}`} />;
            })}
          </g>
        );
      })}
    </svg>
  );
}
