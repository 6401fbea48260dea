import { explorerPlugin } from '@graphiql/plugin-explorer';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { useState } from 'react';
import { useViewer } from '../lib/viewer';
import { TopBar } from '../ui/top-bar';
import { ViewerBox } from '../ui/viewer-box';
import { defaultQuery } from './default-query';
import { EditorTheme } from './editor-theme';
import { ownFetcher } from './fetcher';
import { memoryStorage } from './memory-storage';
import { SchemaOnReturn } from './schema-on-return';
import { SignInFirst } from './sign-in-first';

const plugins = [HISTORY_PLUGIN, explorerPlugin()];
const storage = memoryStorage();

// What is shown may be about patients. It goes when whoever asked for it signs out, and does not come back by the
// browser's button.
const forget = () => location.reload();
addEventListener('pageshow', (event) => {
  if (event.persisted) forget();
});

/** GraphiQL on this server, as whoever is signed in, with nothing kept once the page is left. */
export function Playground() {
  const [presence, askAgain] = useViewer();
  const [fetcher] = useState(() => ownFetcher(askAgain));
  return (
    <>
      <TopBar>
        <ViewerBox viewer={presence.viewer} onSignedOut={forget} />
      </TopBar>
      <main>
        <h1>Playground</h1>
        <SignInFirst {...presence} />
        <GraphiQL
          fetcher={fetcher}
          plugins={plugins}
          storage={storage}
          defaultQuery={defaultQuery}
          defaultEditorToolsVisibility={false}
          schemaDescription
          inputValueDeprecation
          shouldPersistHeaders={false}
          showPersistHeadersSettings={false}
        >
          <GraphiQL.Logo>
            <EditorTheme />
            <SchemaOnReturn viewer={presence.viewer} />
          </GraphiQL.Logo>
        </GraphiQL>
      </main>
    </>
  );
}
