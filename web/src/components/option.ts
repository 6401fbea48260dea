/** The looks of what opens below a button, and of a line in it. */
export const popoverClass = 'max-h-80 min-w-(--trigger-width) overflow-auto rounded-2 bg-raised p-1 text-ui shadow-2 outline-none';
export const optionClass =
  'flex min-h-7 cursor-default items-center gap-2 rounded-1 px-2 py-1 outline-none data-focused:bg-hover pointer-coarse:min-h-control';
