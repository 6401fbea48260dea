/** Outlines on a grid of 24, drawn with a stroke of 2. */
const paths = {
  alert: 'M12 8v5M12 16.5v.01M12 3l9.5 17h-19z',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  clock: 'M12 7v5l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0',
  cross: 'M6 6l12 12M18 6L6 18',
  document: 'M14 3H7a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V7zM14 3v4h4M9 12h6M9 16h6',
  endpoint: 'M8 7l-5 5 5 5M16 7l5 5-5 5M13.5 5l-3 14',
  pulse: 'M3 12h4l3 8 4-16 3 8h4',
  terminal: 'M5 8l4 4-4 4M12 17h7',
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
