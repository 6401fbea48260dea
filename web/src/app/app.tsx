import { type ReactNode, Suspense } from 'react';
import { I18nProvider as AriaLocale } from 'react-aria-components/I18nProvider';
import { Route as At, Switch, useLocation } from 'wouter';
import { Loading } from '../components/states';
import { SessionProvider } from '../features/session/session-provider';
import { localeOf, useI18n } from '../lib/i18n';
import { KeysProvider } from '../lib/keys';
import { LeaveGuard } from '../lib/leave';
import { useSession } from '../lib/session';
import { Guard } from './guard';
import { NotFound } from './not-found';
import { pattern, routes } from './routes';
import { Shell } from './shell';

/** The application of whoever is signed in. */
export function App() {
  const { language } = useI18n();
  return (
    <AriaLocale locale={localeOf[language][0]}>
      <SessionProvider>
        <Keys>
          <LeaveGuard>
            <Shell>
              <Pages />
            </Shell>
          </LeaveGuard>
        </Keys>
      </SessionProvider>
    </AriaLocale>
  );
}

function Keys({ children }: { children: ReactNode }) {
  return <KeysProvider hasLetters={useSession().look.hasLetterKeys}>{children}</KeysProvider>;
}

/** The page of the address, if the role has it. */
function Pages() {
  const session = useSession();
  const [location] = useLocation();
  return (
    <Guard key={location}>
      <Suspense fallback={<Loading />}>
        <Switch>
          {routes
            .filter(({ isFor }) => isFor(session))
            .map(({ path, page: Page }) => (
              <At key={path} path={pattern(path)}>
                {(params) => <Page params={params as Record<string, string>} />}
              </At>
            ))}
          <At>
            <NotFound />
          </At>
        </Switch>
      </Suspense>
    </Guard>
  );
}
