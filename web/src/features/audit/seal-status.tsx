import { ChevronDown, ShieldAlert, ShieldCheck } from 'lucide-react';
import { AuditSealDocument } from '../../gql/audit';
import { useFormats } from '../../lib/format';
import { localeOf, useI18n } from '../../lib/i18n';
import { useApiQuery } from '../../lib/use-api';

/** How far the chain of seals has come, with the newest to be kept elsewhere. */
export function SealStatus() {
  const { t, language } = useI18n();
  const { dayOf, time } = useFormats();
  const { data } = useApiQuery(AuditSealDocument, {});
  if (!data) return null;
  const { seals, sealedAt, headHash } = data.auditSealStatus;
  const Icon = sealedAt ? ShieldCheck : ShieldAlert;
  return (
    <details className="rounded-2 border border-line bg-surface">
      <summary className="flex min-h-control cursor-pointer items-center gap-2 px-3 py-1 font-medium">
        <Icon className={`size-4 shrink-0 ${sealedAt ? 'text-ok-text' : 'text-warn-text'}`} aria-hidden="true" />
        {sealedAt
          ? t('audit.sealed', { count: seals.toLocaleString(localeOf[language]), when: `${dayOf(sealedAt)}, ${time(sealedAt)}` })
          : t('audit.notSealed')}
        <ChevronDown className="ms-auto size-4 shrink-0 text-ink-3" aria-hidden="true" />
      </summary>
      <div className="grid gap-2 border-t border-line px-3 py-2">
        <p className="text-ink-2">{t('audit.sealWhy')}</p>
        {headHash && (
          <dl>
            <dt className="text-small text-ink-3">{t('audit.newestSeal')}</dt>
            <dd className="font-mono">{headHash}</dd>
          </dl>
        )}
      </div>
    </details>
  );
}
