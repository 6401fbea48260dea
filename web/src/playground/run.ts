export interface Statements {
  statements: number;
  milliseconds: number;
}

/** What `extensions` of an answer may tell about what it took. */
export interface Extensions {
  cost?: { requestedQueryCost: number; actualQueryCost: number; throttleStatus?: { maximumAvailable: number; currentlyAvailable: number; restoreRate: number } };
  /** Told to analysts and administrators. */
  sql?: Statements;
  /** Errors beyond those that are listed. */
  moreErrors?: number;
}

export interface AnswerError {
  message: string;
  path?: (string | number)[];
  locations?: { line: number; column: number }[];
  extensions?: { code?: string; limit?: string; allowed?: number; cost?: number; retryAfter?: number; operationId?: string; denied?: string[] };
}

export interface Answer {
  data?: unknown;
  errors?: AnswerError[];
  extensions?: Extensions;
}

/** What came of an operation that was sent over HTTP. */
export interface Run {
  /** Of HTTP; 0 when the server was not reached. */
  status: number;
  /** Null when what came is no answer of GraphQL. */
  answer: Answer | null;
  /** Seconds, of the header Retry-After; 0 without one. */
  retryAfter: number;
  /** Of the header Server-Timing, which tells whoever is signed in. */
  sql?: Statements | undefined;
  /** From sending it until the last byte was there. */
  milliseconds: number;
}

/** The last run of each tab, for as long as the page lives. */
export function newRuns() {
  const runs = new Map<string, Run>();
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    /** The tab whose operation is sent next. */
    tab: '',
    /** What a tab showed is over: something is sent from it. */
    start(tab: string) {
      if (runs.delete(tab)) tell();
    },
    end(tab: string, run: Run) {
      runs.set(tab, run);
      tell();
    },
    of: (tab: string) => runs.get(tab),
    /** Forgets what tabs showed that are closed. */
    keep(tabs: readonly string[]) {
      for (const tab of runs.keys()) if (!tabs.includes(tab)) runs.delete(tab);
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export type Runs = ReturnType<typeof newRuns>;
