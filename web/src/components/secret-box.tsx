import { Copy } from 'lucide-react';
import { useRef, useState } from 'react';
import { useI18n } from '../lib/i18n';
import { Button } from './button';
import { inputClass } from './field';

/** A secret that is shown this one time, with a way to copy it. */
export function SecretBox({ label, secret, rows = 3 }: { label: string; secret: string; rows?: number }) {
  const { t } = useI18n();
  const box = useRef<HTMLTextAreaElement>(null);
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    box.current?.select();
    try {
      await navigator.clipboard.writeText(secret);
      setIsCopied(true);
    } catch {
      // A browser that forbids it leaves the text selected.
    }
  };
  return (
    <div className="grid gap-1">
      <label className="grid gap-1 text-small font-medium text-ink-2">
        {label}
        <textarea ref={box} readOnly rows={rows} value={secret} spellCheck={false} className={`${inputClass} resize-none py-1.5 font-mono text-ui font-normal text-ink`} />
      </label>
      <div className="flex items-center justify-end gap-3">
        <span role="status" className="text-small text-ok-text">
          {isCopied && t('user.copied')}
        </span>
        <Button icon={<Copy className="size-4" aria-hidden="true" />} onPress={() => void copy()}>
          {t('user.copy')}
        </Button>
      </div>
    </div>
  );
}
