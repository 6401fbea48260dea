import { useState } from 'react';
import type { Role } from '../gql/session';
import { errorWords } from '../lib/form';
import { useFormats } from '../lib/format';
import { ApiError } from '../lib/graphql';
import { useI18n } from '../lib/i18n';
import { Banner } from './banner';
import { Button } from './button';
import { type Column, Table } from './table';
import { toast } from './toasts';

export interface ShownToken {
  id: string;
  name: string;
  role: Role;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

interface Props {
  tokens: readonly ShownToken[];
  onRevoke: (id: string) => Promise<unknown>;
}

/** With what programs act for somebody, and a way to end it. */
export function ApiTokenTable({ tokens, onRevoke }: Props) {
  const { t } = useI18n();
  const { dayOf } = useFormats();
  const [failed, setFailed] = useState('');
  const revoke = async (id: string) => {
    setFailed('');
    try {
      await onRevoke(id);
      toast(t('user.tokenRevoked'));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setFailed(errorWords(error, t));
    }
  };
  if (tokens.length === 0) return <p className="px-4 pb-4 text-ink-2">{t('user.noTokens')}</p>;
  const columns: Column<ShownToken>[] = [
    { head: t('user.tokenName'), cell: ({ name }) => name },
    { head: t('user.role'), isPlain: true, cell: ({ role }) => t(`session.role${role}`) },
    { head: t('user.created'), isExtra: true, cell: ({ createdAt }) => <span className="tabular">{dayOf(createdAt)}</span> },
    { head: t('user.ends'), cell: ({ expiresAt }) => <span className="tabular">{dayOf(expiresAt)}</span> },
    { head: t('user.lastUsed'), isExtra: true, cell: ({ lastUsedAt }) => <span className="tabular">{lastUsedAt ? dayOf(lastUsedAt) : t('user.never')}</span> },
    {
      head: t('user.revoke'),
      isPlain: true,
      cell: ({ id, name, expiresAt, revokedAt }) => {
        if (revokedAt) return <span className="text-ink-3">{t('user.revoked')}</span>;
        if (Date.parse(expiresAt) < Date.now()) return <span className="text-ink-3">{t('user.expired')}</span>;
        return (
          <Button isSmall aria-label={t('user.revokeNamed', { name })} onPress={() => void revoke(id)}>
            {t('user.revoke')}
          </Button>
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
      <Table label={t('user.tokens')} rows={tokens} keyOf={({ id }) => id} columns={columns} />
    </>
  );
}
