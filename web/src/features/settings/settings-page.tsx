import { Plus } from 'lucide-react';
import { useState } from 'react';
import { ApiTokenTable } from '../../components/api-token-table';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { Page, PageHead } from '../../components/page-head';
import { SessionTable } from '../../components/session-table';
import { Failed, Loading } from '../../components/states';
import { EndSessionDocument, RevokeApiTokenDocument, SettingsDocument } from '../../gql/settings';
import { useI18n } from '../../lib/i18n';
import { useApiMutation, useApiQuery } from '../../lib/use-api';
import { ChangePassword } from './change-password';
import { LookSettings } from './look-settings';
import { NewToken } from './new-token';
import { SecondFactor } from './second-factor';

/** What everybody sets for themselves: how it looks, how they sign in, and where they are signed in. */
export default function SettingsPage() {
  const { t } = useI18n();
  const { data, error, isLoading, retry } = useApiQuery(SettingsDocument, {});
  const endSession = useApiMutation(EndSessionDocument);
  const revokeToken = useApiMutation(RevokeApiTokenDocument);
  const [isAdding, setIsAdding] = useState(false);
  const viewer = data?.viewer;
  return (
    <Page>
      <div className="max-s:px-4">
        <PageHead title={t('settings.all')} />
      </div>
      <div className="grid grid-cols-[24rem_minmax(0,1fr)] items-start gap-4 max-m:grid-cols-[minmax(0,1fr)]">
        <div className="grid gap-4">
          <LookSettings />
          <ChangePassword onChanged={retry} />
          {viewer && <SecondFactor isOn={viewer.hasSecondFactor} codesLeft={viewer.recoveryCodesLeft} onChanged={retry} />}
        </div>
        <div className="grid gap-4">
          {error && !viewer && <Failed error={error} onRetry={retry} />}
          <Card title={t('user.sessions')}>
            {isLoading && <Loading rows={3} />}
            {viewer && <SessionTable sessions={viewer.sessions.nodes} onEnd={(sessionId) => endSession({ input: { sessionId } })} />}
          </Card>
          <Card
            title={t('user.tokens')}
            actions={
              <Button isSmall icon={<Plus className="size-3.5" aria-hidden="true" />} onPress={() => setIsAdding(true)}>
                {t('settings.newToken')}
              </Button>
            }
          >
            {isLoading && <Loading rows={3} />}
            {viewer && <ApiTokenTable tokens={viewer.apiTokens.nodes} onRevoke={(apiTokenId) => revokeToken({ input: { apiTokenId } })} />}
          </Card>
        </div>
      </div>
      {isAdding && <NewToken onClose={() => setIsAdding(false)} onDone={retry} />}
    </Page>
  );
}
