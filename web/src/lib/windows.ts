import { createContext, use } from 'react';

/** A window that opens from anywhere, and what was typed before, to be carried over. */
export interface Window {
  name: 'find' | 'newPatient' | 'book' | 'visit' | 'moveVisit' | 'cancelVisit' | 'keys' | 'about';
  typed?: string;
  /** What happens with the patient that is found or registered. Absent: their page opens. */
  onChoose?: (patientId: string) => void;
  /** Opens over the window that is open, which stays as it is. */
  isOver?: boolean;
  /** Which visit it is about. */
  appointmentId?: string;
  /** What a booking begins with. */
  patientId?: string;
  practitionerId?: string;
  startsAt?: string;
}

export const WindowsContext = createContext<(window: Window | null) => void>(() => {});

/** Opens one of the shell's windows, or closes it. */
export function useWindows() {
  return use(WindowsContext);
}
