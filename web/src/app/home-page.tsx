import { buttonClass } from '../components/button';
import { Page, PageHead } from '../components/page-head';
import { DayPage } from '../features/appointment/day-page';
import { useI18n } from '../lib/i18n';
import { useSession } from '../lib/session';

/** The day, for whoever deals with patients; for others what their role is for. */
export default function HomePage() {
  const { isDesk, viewer, clinic } = useSession();
  const { t } = useI18n();
  if (isDesk) return <DayPage />;
  return (
    <Page>
      <PageHead title={clinic.name} />
      <div className="grid max-w-[68ch] justify-items-start gap-3 rounded-3 border border-line bg-surface p-4 text-body max-s:rounded-none">
        <p>{t(viewer.role === 'ANALYST' ? 'shell.forAnalysts' : 'shell.forAdministrators')}</p>
        <a className={buttonClass('main')} href="/playground">
          {t('shell.playground')}
        </a>
      </div>
    </Page>
  );
}
