import { KeyRound, PencilLine } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { ApiTokenTable } from '../../components/api-token-table';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { Page, PageHead } from '../../components/page-head';
import { PersonName } from '../../components/person-name';
import { SessionTable } from '../../components/session-table';
import { Empty, Failed, Loading } from '../../components/states';
import { toast } from '../../components/toasts';
import {
  EndSessionOfUserDocument,
  ReactivateUserDocument,
  RevokeApiTokenOfUserDocument,
  UserDocument,
  type UserQuery,
} from '../../gql/user';
import { errorWords } from '../../lib/form';
import { useFormats } from '../../lib/format';
import { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { useApiMutation, useApiQuery } from '../../lib/use-api';
import { DisableUser } from './disable-user';
import { EditUser } from './edit-user';
import { MakeLink } from './make-link';
import { StateBadge } from './state-badge';

type User = NonNullable<UserQuery['user']>;

/** One user: what they may, how they sign in, and where they are signed in. */
export default function UserPage({ params }: { params: Record<string, string> }) {
  const { t } = useI18n();
  const id = params.id ?? '';
  const { data, error, isLoading, retry } = useApiQuery(UserDocument, { id });
  const endSession = useApiMutation(EndSessionOfUserDocument);
  const revokeToken = useApiMutation(RevokeApiTokenOfUserDocument);
  const user = data?.user;
  if (isLoading) return <Loading />;
  const isNobody = error?.problems.some(({ path }) => path[0] === 'id');
  if (error && !user && !isNobody) return <Failed error={error} onRetry={retry} />;
  if (!user) {
    return (
      <Page>
        <PageHead title={t('user.noSuch')} />
        <Empty title={t('user.noSuchWhy')} />
      </Page>
    );
  }
  return (
    <Page>
      <Head user={user} />
      <div className="grid grid-cols-[20rem_minmax(0,1fr)] items-start gap-4 max-m:grid-cols-[minmax(0,1fr)]">
        <Account user={user} />
        <div className="grid gap-4">
          <Card title={t('user.sessions')}>
            <SessionTable sessions={user.sessions.nodes} onEnd={(sessionId) => endSession({ input: { sessionId } })} />
          </Card>
          <Card title={t('user.tokens')}>
            <ApiTokenTable tokens={user.apiTokens.nodes} onRevoke={(apiTokenId) => revokeToken({ input: { apiTokenId } })} />
          </Card>
        </div>
      </div>
    </Page>
  );
}

function Head({ user }: { user: User }) {
  const { t } = useI18n();
  const { viewer } = useSession();
  const [open, setOpen] = useState<'edit' | 'disable' | 'link' | null>(null);
  const [failed, setFailed] = useState('');
  const reactivate = useApiMutation(ReactivateUserDocument);
  const again = async () => {
    setFailed('');
    try {
      await reactivate({ input: { userId: user.id, expectedVersion: user.version } });
      toast(t('user.enabled'));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setFailed(errorWords(error, t));
    }
  };
  const isSelf = viewer.loginName === user.loginName;
  const close = () => setOpen(null);
  return (
    <div className="grid gap-3 max-s:px-4">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="text-page font-semibold tracking-tight">
          <PersonName>{user.displayName}</PersonName>
        </h1>
        <span className="text-body text-ink-2">{t(`session.role${user.role}`)}</span>
        <StateBadge isActive={user.isActive} />
        <span className="ms-auto flex flex-wrap gap-2">
          <Button icon={<PencilLine className="size-4" aria-hidden="true" />} onPress={() => setOpen('edit')}>
            {t('user.edit')}
          </Button>
          {user.isActive && !isSelf && (
            <>
              <Button icon={<KeyRound className="size-4" aria-hidden="true" />} onPress={() => setOpen('link')}>
                {t('user.passwordLink')}
              </Button>
              <Button onPress={() => setOpen('disable')}>{t('user.disable')}</Button>
            </>
          )}
          {!user.isActive && <Button onPress={() => void again()}>{t('user.enable')}</Button>}
        </span>
      </header>
      {failed && <Banner tone="danger" title={failed} />}
      {isSelf && (
        <Banner tone="info" title={t('user.self')}>
          <Link href="/settings" className="inline-flex min-h-6 items-center text-accent-text underline underline-offset-2">
            {t('settings.all')}
          </Link>
        </Banner>
      )}
      {open === 'edit' && <EditUser user={user} onClose={close} />}
      {open === 'disable' && <DisableUser user={user} onClose={close} />}
      {open === 'link' && <MakeLink user={user} onClose={close} />}
    </div>
  );
}

function Account({ user }: { user: User }) {
  const { t } = useI18n();
  const { dayOf, time } = useFormats();
  const { lastSignedInAt: at, practitioner } = user;
  const rows: [string, ReactNode][] = [
    [t('user.loginName'), user.loginName],
    [t('user.role'), t(`session.role${user.role}`)],
    [
      t('user.practitioner'),
      practitioner ? (
        <Link href={`/practitioners/${practitioner.id}`} className="inline-flex min-h-6 items-center text-accent-text underline underline-offset-2">
          <PersonName>{practitioner.displayName}</PersonName>
        </Link>
      ) : (
        t('user.nobody')
      ),
    ],
    [t('user.secondFactor'), t(user.hasSecondFactor ? 'user.hasSecondFactor' : 'user.noSecondFactor')],
    [t('user.lastSignedIn'), at ? `${dayOf(at)}, ${time(at)}` : t('user.never')],
  ];
  return (
    <Card title={t('user.account')}>
      <dl className="grid gap-2 px-4 pb-4">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt className="text-small text-ink-3">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
