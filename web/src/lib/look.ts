import type { Language } from './i18n';

export type Theme = 'light' | 'dark' | 'system';

/** How somebody wants the pages to look and to act. It says nothing about anybody. */
export interface Look {
  theme: Theme;
  language: Language;
  /** Whether single letters act. */
  hasLetterKeys: boolean;
}

const name = 'clinicql.look';
/** Whoever has chosen nothing reads what their browser reads. */
const initial = (): Look => ({ theme: 'system', language: navigator.language.startsWith('ka') ? 'ka' : 'en', hasLetterKeys: true });

function read(key: string): Partial<Look> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof kept === 'object' && kept ? kept : {};
  } catch {
    // The browser keeps nothing for us, or somebody else's text stands there.
    return {};
  }
}

/** What was chosen in this browser last, or by this user, whose id is opaque. */
export function keptLook(userId?: string): Look {
  const first = initial();
  const kept = { ...read(name), ...(userId && read(`${name}.${userId}`)) };
  return {
    theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : first.theme,
    language: kept.language === 'ka' || kept.language === 'en' ? kept.language : first.language,
    hasLetterKeys: kept.hasLetterKeys ?? first.hasLetterKeys,
  };
}

export function keepLook(look: Look, userId?: string) {
  try {
    // Whoever comes next reads what was read here last; which keys act is each one's own.
    localStorage.setItem(name, JSON.stringify({ theme: look.theme, language: look.language }));
    if (userId) localStorage.setItem(`${name}.${userId}`, JSON.stringify(look));
  } catch {
    // Then it holds until the page is closed.
  }
}

export function showTheme(theme: Theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
