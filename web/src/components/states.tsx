import { Inbox } from 'lucide-react';
import type { ReactNode } from 'react';
import { errorWords } from '../lib/form';
import type { ApiError } from '../lib/graphql';
import { useI18n } from '../lib/i18n';
import { Banner } from './banner';
import { Button } from './button';

/** Bars in the shape of the rows to come. */
export function Loading({ rows = 8 }: { rows?: number }) {
  const { t } = useI18n();
  return (
    <div role="status" aria-label={t('common.loading')} className="grid gap-3 p-4">
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className={`skeleton h-4 ${i % 3 === 1 ? 'w-3/5' : i % 3 === 2 ? 'w-4/5' : 'w-full'}`} />
      ))}
    </div>
  );
}

/** Nothing is there: why, and what to do next. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-3 px-4 py-12 text-center">
      <Inbox className="size-8 text-ink-3" strokeWidth={1.25} aria-hidden="true" />
      <p className="text-body text-ink-2">{title}</p>
      {children && <div className="flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  );
}

/** It failed: why, and a way to try again. When the server is back it tries by itself. */
export function Failed({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  const { t } = useI18n();
  return (
    <div className="p-4">
      <Banner tone="danger" title={errorWords(error, t)}>
        <Button onPress={onRetry}>{t('common.retry')}</Button>
      </Banner>
    </div>
  );
}
