import { useId, useState } from 'react';
import { useI18n } from '../lib/i18n';
import { BarChart } from './bar-chart';
import { chartOf, isBucketed, isDuration, isLine, measuresOf, ticks } from './chart-data';
import { dashes, fillOf, Mark, Patterns } from './chart-marks';
import { called, chartWords } from './chart-words';
import { LineChart } from './line-chart';
import type { Rows } from './rows';
import { useWidth } from './use-width';

/** A measure of a statistic, drawn: over time as lines, else as bars. The table below it is its equal. */
export function Chart({ rows }: { rows: Rows }) {
  const i18n = useI18n();
  const { t } = i18n;
  const id = useId().replaceAll(/[^\w-]/g, '');
  const [ref, width] = useWidth<HTMLElement>(640);
  const [wanted, setWanted] = useState('');
  const measures = measuresOf(rows);
  const measure = measures.includes(wanted) ? wanted : (measures[0] ?? '');
  const chart = chartOf(rows, measure);
  if (!isBucketed(rows)) return <p className="words">{t(rows.items.length === 0 ? 'playground.noRows' : 'playground.noChart')}</p>;
  if (!measure) return <p className="words">{t('playground.noMeasure')}</p>;
  if (!chart) return <p className="words">{t('playground.noGroup')}</p>;

  const words = chartWords(i18n);
  const value = (amount: number) => words.value(measure, isDuration(rows, measure), amount);
  const place = (name: string) => words.place(chart.group, name);
  const series = chart.series.map(({ values, points }) => ({ name: called(...values.map((one, at) => words.place(chart.seriesGroups[at] ?? '', one))), points }));
  const told = series.flatMap(({ name, points }) =>
    points.flatMap((point, at) => (typeof point === 'object' ? [{ where: called(place(chart.categories[at]?.id ?? ''), name), amount: point.value }] : [])),
  );
  const least = told.reduce((a, b) => (b.amount < a.amount ? b : a), told[0] ?? { where: '', amount: 0 });
  const greatest = told.reduce((a, b) => (b.amount > a.amount ? b : a), least);
  const title =
    chart.seriesGroups.length > 0
      ? t('playground.chartTitleBy', { measure, group: words.group(chart.group), series: chart.seriesGroups.map(words.group).join(', ') })
      : t('playground.chartTitle', { measure, group: words.group(chart.group) });
  const hiddenCells = chart.hidden > 0 ? t('playground.hiddenCells', { count: chart.hidden }) : '';
  const label = [
    `${title}.`,
    told.length > 0 && t('playground.lowest', { where: least.where, value: value(least.amount) }),
    told.length > 0 && t('playground.highest', { where: greatest.where, value: value(greatest.amount) }),
    hiddenCells,
    t('playground.sameBelow'),
  ];
  const isDrawnAsLine = isLine(chart);
  const Drawn = isDrawnAsLine ? LineChart : BarChart;
  return (
    <figure className="plot" ref={ref}>
      <figcaption>
        <strong>{title}</strong>
        {measures.length > 1 && (
          <label>
            {t('playground.measure')}
            <select value={measure} onChange={(event) => setWanted(event.target.value)}>
              {measures.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
      </figcaption>
      {series.length > 1 && (
        <ul className="legend">
          {series.map(({ name, points }, at) => (
            <li key={name}>
              <svg className={`chart of-${at}`} width="30" height="14" aria-hidden="true">
                <Patterns id={`${id}-key${at}`} />
                {isDrawnAsLine ? (
                  <>
                    <path className="line" d="M0 7h30" strokeDasharray={dashes[at]} />
                    <Mark series={at} x={15} y={7} />
                  </>
                ) : (
                  <rect className="bar-of" x="0.5" y="1.5" width="29" height="11" rx="2" fill={fillOf(`${id}-key${at}`, at)} />
                )}
              </svg>
              {points.every((point) => point === 'hidden') ? `${name}: ${t('playground.hidden')}` : name}
            </li>
          ))}
        </ul>
      )}
      <Drawn
        id={id}
        categories={chart.categories}
        series={series}
        width={Math.max(width, 240)}
        steps={ticks(greatest.amount)}
        place={place}
        value={value}
        hidden={t('playground.hidden')}
        none={t('playground.notTold')}
        label={label.filter(Boolean).join(' ')}
      />
      {hiddenCells && (
        <p className="note">
          <svg className="chart" width="30" height="14" aria-hidden="true">
            <Patterns id={`${id}-note`} />
            <rect className="hidden-bar" x="0.5" y="0.5" width="29" height="13" rx="2" fill={`url(#${id}-note-hidden)`} />
          </svg>
          {hiddenCells}
        </p>
      )}
      {chart.left > 0 && <p className="note">{t('playground.undrawn', { count: chart.left })}</p>}
    </figure>
  );
}
