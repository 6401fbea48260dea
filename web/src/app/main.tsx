import './app.css';
import { I18nProvider, loadMessages } from '../lib/i18n';
import { keptLook, showTheme } from '../lib/look';
import { mount } from '../ui/mount';
import { App } from './app';

const { language, theme } = keptLook();
document.documentElement.lang = language;
showTheme(theme);
const messages = await loadMessages(language);

mount(
  <I18nProvider language={language} messages={messages}>
    <App />
  </I18nProvider>,
);
