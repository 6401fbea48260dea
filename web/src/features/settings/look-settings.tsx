import { Card } from '../../components/card';
import { Checkbox } from '../../components/checkbox';
import { ChoiceRow } from '../../components/choice-row';
import { type Language, languageNames, useI18n } from '../../lib/i18n';
import type { Theme } from '../../lib/look';
import { useSession } from '../../lib/session';

const themes: readonly Theme[] = ['light', 'dark', 'system'];
const languages = Object.keys(languageNames) as Language[];

/** Language, theme and keys: they change at once. */
export function LookSettings() {
  const { t, language } = useI18n();
  const { look, setLook } = useSession();
  return (
    <Card title={t('settings.look')}>
      <div className="grid gap-3 px-4 pb-4">
        <ChoiceRow
          label={t('look.language')}
          value={language}
          onChange={(next) => setLook({ language: next })}
          choices={languages.map((value) => ({ value, label: languageNames[value], lang: value }))}
        />
        <ChoiceRow
          label={t('look.theme')}
          value={look.theme}
          onChange={(theme) => setLook({ theme })}
          choices={themes.map((value) => ({ value, label: t(`look.${value}`) }))}
        />
        <Checkbox isSelected={look.hasLetterKeys} onChange={(hasLetterKeys) => setLook({ hasLetterKeys })}>
          {t('settings.letters')}
        </Checkbox>
        <p className="text-small text-ink-3">{t('settings.lookWhy')}</p>
      </div>
    </Card>
  );
}
