import { Link } from 'wouter';
import { buttonClass } from '../components/button';
import { Page, PageHead } from '../components/page-head';
import { Empty } from '../components/states';
import { useI18n } from '../lib/i18n';

/** An address that leads nowhere, or not for this role. */
export function NotFound() {
  const { t } = useI18n();
  return (
    <Page>
      <PageHead title={t('shell.notFound')} />
      <Empty title={t('shell.notFoundWhy')}>
        <Link href="/" className={buttonClass('main')}>
          {t('shell.toStart')}
        </Link>
      </Empty>
    </Page>
  );
}
