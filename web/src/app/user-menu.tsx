import { Check } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { Header } from 'react-aria-components/Header';
import { Menu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { useLocation } from 'wouter';
import { optionClass, popoverClass } from '../components/option';
import { toast } from '../components/toasts';
import { type Language, languageNames, useI18n } from '../lib/i18n';
import type { Theme } from '../lib/look';
import { useSession } from '../lib/session';
import { signOut } from '../lib/viewer';
import { useWindows } from '../lib/windows';
import { routes } from './routes';

const themes: readonly Theme[] = ['light', 'dark', 'system'];
const languages = Object.keys(languageNames) as Language[];

/** Who is signed in; language, theme and keys; and the way out. */
export default function UserMenu() {
  const { t, language } = useI18n();
  const session = useSession();
  const { viewer, clinic, look, setLook } = session;
  const open = useWindows();
  const [, navigate] = useLocation();
  const places = routes.filter(({ tab, isFor, isTabFor }) => tab && isTabFor && isFor(session) && !isTabFor(session));
  const leave = async () => {
    try {
      await signOut();
      location.replace('/sign-in');
    } catch {
      toast(t('session.stillIn'));
    }
  };
  return (
    <MenuTrigger>
      <Button className="flex h-control min-w-0 items-center gap-2 rounded-2 px-1 font-medium text-ink-2 hover:bg-hover hover:text-ink l:pe-3">
        <span aria-hidden="true" className="grid size-7 shrink-0 place-items-center rounded-full bg-hover text-small font-semibold">
          {initials(viewer.displayName)}
        </span>
        <span className="max-w-40 truncate max-l:sr-only">{viewer.displayName}</span>
      </Button>
      <Popover placement="bottom end" className={`${popoverClass} w-64 max-h-[80dvh]`}>
        <div className="border-b border-line px-2 pt-1 pb-2">
          <p className="font-semibold">{viewer.displayName}</p>
          <p className="text-small text-ink-3">
            {t(`session.role${viewer.role}`)} · {clinic.name}
          </p>
        </div>
        <Menu className="outline-none" aria-label={t('session.menu')}>
          <MenuSection selectionMode="single" selectedKeys={[language]}>
            <Header className="px-2 pt-2 pb-1 text-small text-ink-3">{t('look.language')}</Header>
            {languages.map((id) => (
              <MenuItem key={id} id={id} className={optionClass} onAction={() => setLook({ language: id })} textValue={languageNames[id]}>
                <span lang={id} className="flex-1">
                  {languageNames[id]}
                </span>
                {id === language && <Check className="size-4 text-accent-text" aria-hidden="true" />}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection selectionMode="single" selectedKeys={[look.theme]}>
            <Header className="px-2 pt-2 pb-1 text-small text-ink-3">{t('look.theme')}</Header>
            {themes.map((id) => (
              <MenuItem key={id} id={id} className={optionClass} onAction={() => setLook({ theme: id })} textValue={t(`look.${id}`)}>
                <span className="flex-1">{t(`look.${id}`)}</span>
                {id === look.theme && <Check className="size-4 text-accent-text" aria-hidden="true" />}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection aria-label={t('session.more')} className="mt-1 border-t border-line pt-1">
            {places.map(({ path, tab }) => (
              <MenuItem key={path} id={path} className={optionClass} onAction={() => navigate(path)}>
                {tab && t(tab.label)}
              </MenuItem>
            ))}
            <MenuItem className={optionClass} onAction={() => open({ name: 'keys' })}>
              {t('keys.all')}
            </MenuItem>
            <MenuItem className={optionClass} onAction={() => location.assign('/playground')}>
              {t('shell.playground')}
            </MenuItem>
            <MenuItem className={optionClass} onAction={() => open({ name: 'about' })}>
              {t('shell.about')}
            </MenuItem>
            <MenuItem className={optionClass} onAction={session.lock}>
              {t('session.lock')}
            </MenuItem>
            <MenuItem className={optionClass} onAction={() => void leave()}>
              {t('session.signOut')}
            </MenuItem>
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** The first letters of the first two words, as they are: Georgian has no capitals. */
function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('');
}
