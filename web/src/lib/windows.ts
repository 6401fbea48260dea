import { createContext, use } from 'react';

/** A window that opens from anywhere, and what was typed before, to be carried over. */
export interface Window {
  name: 'find' | 'newPatient' | 'keys' | 'about';
  typed?: string;
}

export const WindowsContext = createContext<(window: Window | null) => void>(() => {});

/** Opens one of the shell's windows, or closes it. */
export function useWindows() {
  return use(WindowsContext);
}
