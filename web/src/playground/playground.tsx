import { explorerPlugin } from '@graphiql/plugin-explorer';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import logo from '../icon.svg';
import { defaultQuery } from './default-query';
import { EditorTheme } from './editor-theme';
import { ownFetcher } from './fetcher';
import { memoryStorage } from './memory-storage';

const fetcher = ownFetcher();
const plugins = [HISTORY_PLUGIN, explorerPlugin()];
const storage = memoryStorage();

/** GraphiQL on this server, with nothing kept once the page is left. */
export function Playground() {
  return (
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
        <a className="brand" href="/">
          <img src={logo} alt="" width="20" height="20" />
          ClinicQL
        </a>
        <EditorTheme />
      </GraphiQL.Logo>
    </GraphiQL>
  );
}
