import { useGraphiQLActions } from '@graphiql/react';
import { useEffect, useRef } from 'react';
import type { Presence } from '../lib/viewer';

/** Asks for the schema once somebody has signed in, in another tab, while the page was open. It shows nothing. */
export function SchemaOnReturn({ viewer }: Pick<Presence, 'viewer'>) {
  const { introspect } = useGraphiQLActions();
  const before = useRef(viewer);
  useEffect(() => {
    if (viewer && before.current === null) void introspect();
    before.current = viewer;
  }, [viewer, introspect]);
  return null;
}
