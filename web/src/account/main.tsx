import '../tokens.css';
import '../ui/bar.css';
import '../ui/page.css';
import './account.css';
import type { ComponentType } from 'react';
import { mount } from '../ui/mount';
import { PasswordLinkPage } from './password-link-page';
import { SetUpPage } from './set-up-page';
import { SignInPage } from './sign-in-page';

const pages: Record<string, ComponentType> = {
  '/password-link': PasswordLinkPage,
  '/set-up': SetUpPage,
  '/sign-in': SignInPage,
};

const Page = pages[location.pathname];
if (Page) mount(<Page />);
