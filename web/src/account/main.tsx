import '../tokens.css';
import '../ui/bar.css';
import '../ui/page.css';
import './account.css';
import type { ComponentType } from 'react';
import { I18nProvider, loadMessages, withTexts } from '../lib/i18n';
import { keptLook, showTheme } from '../lib/look';
import { mount } from '../ui/mount';
import { PasswordLinkPage } from './password-link-page';
import { SetUpPage } from './set-up-page';
import { SignInPage } from './sign-in-page';

const pages: Record<string, ComponentType> = {
  '/password-link': PasswordLinkPage,
  '/set-up': SetUpPage,
  '/sign-in': SignInPage,
};

const { language, theme } = keptLook();
document.documentElement.lang = language;
showTheme(theme);
const messages = await withTexts(loadMessages(language));

const Page = pages[location.pathname];
if (Page) {
  mount(
    <I18nProvider language={language} messages={messages}>
      <Page />
    </I18nProvider>,
  );
}
