import type { GraphiQLPlugin } from '@graphiql/react';
import { GraphiQL } from 'graphiql';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useI18n } from '../lib/i18n';
import { keptLook } from '../lib/look';
import { useMedia } from '../lib/media';
import { useViewer } from '../lib/viewer';
import { LookSwitch } from '../ui/look-switch';
import { TopBar } from '../ui/top-bar';
import { ViewerBox } from '../ui/viewer-box';
import { defaultQuery } from './default-query';
import { EditorTheme } from './editor-theme';
import { ownFetcher } from './fetcher';
import { LibraryProvider } from './library';
import { memoryStorage } from './memory-storage';
import { OpenLinked } from './open-linked';
import { pluginsIn } from './plugins';
import { Result } from './result';
import { newRuns } from './run';
import { SchemaOnReturn } from './schema-on-return';
import { SignInFirst } from './sign-in-first';
import { RunKeeper, RunsContext } from './use-run';

const storage = memoryStorage();
const runs = newRuns();

// What is shown may be about patients. It goes when whoever asked for it signs out, and does not come back by the
// browser's button.
const forget = () => location.reload();
addEventListener('pageshow', (event) => {
  if (event.persisted) forget();
});

/** GraphiQL on this server, as whoever is signed in, with nothing kept once the page is left. */
export function Playground() {
  const { t } = useI18n();
  const [presence, askAgain] = useViewer();
  const [{ fetcher, abandon }] = useState(() => ownFetcher(runs, askAgain));
  const [theme, setTheme] = useState(() => keptLook().theme);
  // GraphiQL's editor asks the system once only.
  const isDark = useMedia('(prefers-color-scheme: dark)');
  const plugins = useMemo(() => pluginsIn(t), [t]);
  // What is open beside the editor stays open when its title changes.
  const [shown, setShown] = useState<GraphiQLPlugin | null>(null);
  const visible = plugins.find(({ content }) => content === shown?.content) ?? shown;
  const { viewer } = presence;
  // Nor is it for the next who signs in, in another tab, while the page is open.
  const first = useRef(viewer?.id);
  useEffect(() => {
    if (viewer && first.current && viewer.id !== first.current) forget();
    first.current ??= viewer?.id;
  }, [viewer]);
  return (
    <RunsContext value={runs}>
      <LibraryProvider viewer={viewer}>
        <TopBar>
          <LookSwitch onTheme={setTheme} />
          <ViewerBox viewer={viewer} onSignedOut={forget} />
        </TopBar>
        <main>
          <h1>{t('playground.title')}</h1>
          <SignInFirst {...presence} />
          <GraphiQL
            fetcher={fetcher}
            plugins={plugins}
            {...(visible && { visiblePlugin: visible })}
            onTogglePluginVisibility={setShown}
            storage={storage}
            forcedTheme={theme === 'system' ? (isDark ? 'dark' : 'light') : theme}
            defaultQuery={defaultQuery}
            defaultEditorToolsVisibility="variables"
            onTabChange={({ tabs, activeTabIndex }) => {
              runs.tab = tabs[activeTabIndex]?.id ?? '';
            }}
            schemaDescription
            inputValueDeprecation
            shouldPersistHeaders={false}
            showPersistHeadersSettings={false}
          >
            <GraphiQL.Logo>
              <EditorTheme />
              <SchemaOnReturn viewer={viewer} />
              <RunKeeper abandon={abandon} />
              <OpenLinked />
            </GraphiQL.Logo>
            <GraphiQL.Footer>
              <Result />
            </GraphiQL.Footer>
          </GraphiQL>
        </main>
      </LibraryProvider>
    </RunsContext>
  );
}
