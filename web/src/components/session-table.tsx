import { useState } from 'react';
import { errorWords } from '../lib/form';
import { useFormats } from '../lib/format';
import { ApiError } from '../lib/graphql';
import { useI18n } from '../lib/i18n';
import { Badge } from './badge';
import { Banner } from './banner';
import { Button } from './button';
import { type Column, Table } from './table';
import { toast } from './toasts';

export interface ShownSession {
  id: string;
  isCurrent: boolean;
  userAgent: string | null;
  address: string | null;
  createdAt: string;
  lastUsedAt: string;
  idleExpiresAt: string;
  endedAt: string | null;
}

interface Props {
  sessions: readonly ShownSession[];
  onEnd: (id: string) => Promise<unknown>;
}

/** The browser and the system that a browser says it is, as far as they are known. */
export function browserOf(userAgent: string): string {
  const browser = [['Edg/', 'Edge'], ['OPR/', 'Opera'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']].find(([mark = '']) => userAgent.includes(mark));
  const system = [['Windows', 'Windows'], ['Android', 'Android'], ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Mac OS X', 'macOS'], ['Linux', 'Linux']].find(([mark = '']) => userAgent.includes(mark));
  return [browser?.[1], system?.[1]].filter(Boolean).join(', ') || userAgent.slice(0, 60);
}

/** Where somebody is and was signed in, newest first, and a way to end it. */
export function SessionTable({ sessions, onEnd }: Props) {
  const { t } = useI18n();
  const { dayOf, time } = useFormats();
  const [failed, setFailed] = useState('');
  const when = (instant: string) => `${dayOf(instant)}, ${time(instant)}`;
  const end = async (id: string) => {
    setFailed('');
    try {
      await onEnd(id);
      toast(t('user.sessionEnded'));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setFailed(errorWords(error, t));
    }
  };
  if (sessions.length === 0) return <p className="px-4 pb-4 text-ink-2">{t('user.noSessions')}</p>;
  const columns: Column<ShownSession>[] = [
    {
      head: t('user.browser'),
      cell: ({ userAgent, isCurrent }) => (
        <span className="inline-flex flex-wrap items-center gap-x-2">
          <span title={userAgent ?? ''}>{userAgent ? browserOf(userAgent) : t('user.unknown')}</span>
          {isCurrent && <Badge tone="accent">{t('user.current')}</Badge>}
        </span>
      ),
    },
    { head: t('user.address'), isExtra: true, cell: ({ address }) => address ?? t('user.unknown') },
    { head: t('user.signedIn'), cell: ({ createdAt }) => <span className="tabular">{when(createdAt)}</span> },
    { head: t('user.lastUsed'), isExtra: true, cell: ({ lastUsedAt }) => <span className="tabular">{when(lastUsedAt)}</span> },
    {
      head: t('user.end'),
      isPlain: true,
      cell: ({ id, isCurrent, createdAt, endedAt, idleExpiresAt }) => {
        if (endedAt || Date.parse(idleExpiresAt) < Date.now()) return <span className="text-ink-3">{t('user.ended')}</span>;
        return (
          !isCurrent && (
            <Button isSmall aria-label={t('user.endNamed', { when: when(createdAt) })} onPress={() => void end(id)}>
              {t('user.end')}
            </Button>
          )
        );
      },
    },
  ];
  return (
    <>
      {failed && (
        <div className="px-4 pb-3">
          <Banner tone="danger" title={failed} />
        </div>
      )}
      <Table label={t('user.sessions')} rows={sessions} keyOf={({ id }) => id} columns={columns} />
    </>
  );
}
