import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import '../tokens.css';
import '../ui/bar.css';
import './playground.css';
import './library.css';
import './result.css';
import './chart.css';
import { createRoot } from 'react-dom/client';
import { I18nProvider, loadMessages, withTexts } from '../lib/i18n';
import { keptLook, showTheme } from '../lib/look';
import { Playground } from './playground';

const { language, theme } = keptLook();
document.documentElement.lang = language;
showTheme(theme);
const messages = await withTexts(loadMessages(language));

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <I18nProvider language={language} messages={messages}>
      <Playground />
    </I18nProvider>,
  );
}
