/** Six ways to look, by pattern and shape as much as by colour: of bars, and of the points and dashes of lines. */
export const dashes = [undefined, '7 4', '2 3', '9 3 2 3', '12 4', '1 5'];

/** What fills the bars of a series, and a hidden cell. */
export function Patterns({ id }: { id: string }) {
  const lines = ['M0 4h8', 'M4 0v8', 'M0 8L8 0M-2 2L2-2M6 10L10 6', 'M0 4h8M4 0v8', 'M0 0L8 8M-2 6L2 10M6-2L10 2'];
  return (
    <defs>
      <pattern id={`${id}-hidden`} width="6" height="6" patternUnits="userSpaceOnUse">
        <path className="hatch" d="M0 6L6 0M-1.5 1.5L1.5-1.5M4.5 7.5L7.5 4.5" />
      </pattern>
      {lines.map((d, at) => (
        <pattern key={d} id={`${id}-${at + 1}`} width="8" height="8" patternUnits="userSpaceOnUse">
          <path className="pattern" d={d} />
        </pattern>
      ))}
    </defs>
  );
}

/** What the bars of a series are filled with. */
export const fillOf = (id: string, series: number) => (series === 0 ? undefined : `url(#${id}-${series})`);

/** A point of a series. */
export function Mark({ series, x, y, label }: { series: number; x: number; y: number; label?: string }) {
  const shapes = ['M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0', 'M-4-4h8v8h-8z', 'M0-5L5 4H-5z', 'M0-5.500L5.500 0L0 5.500L-5.500 0z', 'M0 5L5-4H-5z', 'M-4-4L4 4M4-4L-4 4'];
  return (
    <path className="mark" d={shapes[series] ?? shapes[0]} transform={`translate(${x} ${y})`}>
      {label && <title>{label}</title>}
    </path>
  );
}
