import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { useI18n } from '../lib/i18n';
import type { Viewer } from '../lib/viewer';
import { type Example, loadAllSaved, loadExamples, type SavedQuery } from './operations';

/** Something that is loaded for whoever is signed in. */
export interface Loaded<Type> {
  /** Undefined before there is an answer. */
  data: Type | undefined;
  error: unknown;
  load: () => Promise<void>;
}

export interface Library {
  viewer: Viewer | null | undefined;
  examples: Loaded<Example[]>;
  /** One's own. */
  saved: Loaded<SavedQuery[]>;
  /** The saved queries that tabs were opened with, or saved as, by tab. */
  links: ReadonlyMap<string, SavedQuery>;
  /** Says what a tab holds; null is nothing that is saved. */
  link: (tab: string, query: SavedQuery | null) => void;
}

const LibraryContext = createContext<Library | null>(null);

export function useLibrary(): Library {
  const library = use(LibraryContext);
  if (!library) throw new Error('there is no library around this');
  return library;
}

function useLoaded<Type>(by: string | null | undefined, ask: () => Promise<Type>): Loaded<Type> {
  const [state, setState] = useState<{ data: Type | undefined; error: unknown }>({ data: undefined, error: null });
  const load = useCallback(async () => {
    try {
      const data = await ask();
      setState({ data, error: null });
    } catch (error) {
      setState(({ data }) => ({ data, error }));
    }
  }, [ask]);
  useEffect(() => {
    if (by) void load();
    else setState({ data: undefined, error: null });
  }, [by, load]);
  return useMemo(() => ({ ...state, load }), [state, load]);
}

/** The queries at hand: examples, one's own, and which of them are in which tab. */
export function LibraryProvider({ viewer, children }: { viewer: Viewer | null | undefined; children: ReactNode }) {
  const { language } = useI18n();
  // Their words come in the language of the page.
  const examples = useLoaded(viewer && `${viewer.id} ${language}`, loadExamples);
  const saved = useLoaded(viewer?.id, loadAllSaved);
  const [links, setLinks] = useState<ReadonlyMap<string, SavedQuery>>(new Map());
  const link = useCallback((tab: string, query: SavedQuery | null) => {
    setLinks((before) => {
      const after = new Map(before);
      if (query) after.set(tab, query);
      else after.delete(tab);
      return after;
    });
  }, []);
  const library = useMemo(() => ({ viewer, examples, saved, links, link }), [viewer, examples, saved, links, link]);
  return <LibraryContext value={library}>{children}</LibraryContext>;
}
