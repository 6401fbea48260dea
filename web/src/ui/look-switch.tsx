import { useState } from 'react';
import { type Language, languageNames, useI18n } from '../lib/i18n';
import { keepLook, keptLook, type Look, showTheme, type Theme } from '../lib/look';

const themes: readonly Theme[] = ['light', 'dark', 'system'];

/** Language and theme outside of the application: they are kept for whoever has chosen none yet. */
export function LookSwitch({ onTheme }: { onTheme?: (theme: Theme) => void }) {
  const { t, language, setLanguage } = useI18n();
  const [theme, setTheme] = useState(() => keptLook().theme);
  const other: Language = language === 'en' ? 'ka' : 'en';
  const keep = (change: Partial<Look>) => keepLook({ ...keptLook(), ...change });
  return (
    <>
      <button
        className="quiet"
        type="button"
        lang={other}
        onClick={() => {
          keep({ language: other });
          void setLanguage(other);
        }}
      >
        {languageNames[other]}
      </button>
      <select
        className="quiet"
        aria-label={t('look.theme')}
        value={theme}
        onChange={(event) => {
          const next = event.target.value as Theme;
          setTheme(next);
          keep({ theme: next });
          showTheme(next);
          onTheme?.(next);
        }}
      >
        {themes.map((id) => (
          <option key={id} value={id}>
            {t(`look.${id}`)}
          </option>
        ))}
      </select>
    </>
  );
}
