import { useState } from 'react';
import { useI18n } from '../lib/i18n';
import { Icon } from '../ui/icon';

interface Props {
  /** Behind the origin of the page. */
  address: string;
  /** What the link opens. */
  of: string;
  isNamed?: boolean;
}

/** Copies a link. Where the browser lets no page write to its clipboard, it shows the link. */
export function LinkButton({ address, of, isNamed = false }: Props) {
  const { t } = useI18n();
  const [said, setSaid] = useState('');
  const link = new URL(address, location.origin).href;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setSaid(t('playground.linkCopied'));
    } catch {
      setSaid(t('playground.linkIs', { link }));
    }
  };
  return (
    <span className="link">
      <button type="button" className={isNamed ? 'quiet' : 'only-icon'} aria-label={`${t('playground.copyLink')}: ${of}`} title={t('playground.copyLink')} onClick={() => void copy()}>
        <Icon name="link" />
        {isNamed && t('playground.copyLink')}
      </button>
      <span className="said" role="status">
        {said}
      </span>
    </span>
  );
}
