/** Outlines on a grid of 24, drawn with a stroke of 2. */
const paths = {
  alert: 'M12 8v5M12 16.5v.01M12 3l9.5 17h-19z',
  bars: 'M5 20v-8M12 20V4M19 20v-12',
  bookmark: 'M6 3h12v18l-6-4.5L6 21z',
  braces: 'M8 3H7a2 2 0 0 0-2 2v5l-2 2 2 2v5a2 2 0 0 0 2 2h1M16 3h1a2 2 0 0 1 2 2v5l2 2-2 2v5a2 2 0 0 1-2 2h-1',
  bulb: 'M9 18h6M10 21h4M8.5 15a6 6 0 1 1 7 0V18h-7z',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  clock: 'M12 7v5l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0',
  cross: 'M6 6l12 12M18 6L6 18',
  document: 'M14 3H7a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V7zM14 3v4h4M9 12h6M9 16h6',
  down: 'M6 9l6 6 6-6',
  download: 'M12 4v11M7 11l5 5 5-5M4 20h16',
  endpoint: 'M8 7l-5 5 5 5M16 7l5 5-5 5M13.5 5l-3 14',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1',
  pulse: 'M3 12h4l3 8 4-16 3 8h4',
  table: 'M4 4h16v16H4zM4 10h16M4 15h16M10 10v10',
  terminal: 'M5 8l4 4-4 4M12 17h7',
  up: 'M6 15l6-6 6 6',
};

export type IconName = keyof typeof paths;

/** Decoration: the word beside it carries the meaning. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
