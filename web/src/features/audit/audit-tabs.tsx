import { LinkTabs } from '../../components/link-tabs';
import { useI18n } from '../../lib/i18n';

/** The two lists that show who saw what. */
export function AuditTabs() {
  const { t } = useI18n();
  const tabs = [
    { href: '/audit', label: t('audit.log') },
    { href: '/audit/glass', label: t('audit.glass') },
  ];
  return <LinkTabs label={t('audit.parts')} tabs={tabs} />;
}
