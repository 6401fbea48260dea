import { Link } from 'wouter';
import { buttonClass } from '../components/button';
import { Page, PageHead } from '../components/page-head';
import { DayPage } from '../features/appointment/day-page';
import { useI18n } from '../lib/i18n';
import { useSession } from '../lib/session';
import { routes } from './routes';

/** The day, for whoever deals with patients; for others what their role is for. */
export default function HomePage() {
  const session = useSession();
  const { isDesk, viewer, clinic } = session;
  const { t } = useI18n();
  if (isDesk) return <DayPage />;
  const places = routes.filter(({ path, tab, isFor }) => tab && path !== '/' && isFor(session));
  return (
    <Page>
      <PageHead title={clinic.name} />
      <div className="grid max-w-[68ch] justify-items-start gap-3 rounded-3 border border-line bg-surface p-4 text-body max-s:rounded-none">
        <p>{t(viewer.role === 'ANALYST' ? 'shell.forAnalysts' : 'shell.forAdministrators')}</p>
        <ul className="flex flex-wrap gap-2">
          {places.map(
            ({ path, tab }) =>
              tab && (
                <li key={path}>
                  <Link className={buttonClass('plain')} href={path}>
                    <tab.icon className="size-4 text-ink-3" aria-hidden="true" />
                    {t(tab.label)}
                  </Link>
                </li>
              ),
          )}
          <li>
            <a className={buttonClass(viewer.role === 'ANALYST' ? 'main' : 'plain')} href="/playground">
              {t('shell.playground')}
            </a>
          </li>
        </ul>
      </div>
    </Page>
  );
}
