import { Search, ShieldCheck, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button';
import { Page, PageHead } from '../../components/page-head';
import { firstPage, Pager, type PageOf } from '../../components/pager';
import { PersonName } from '../../components/person-name';
import { SelectField } from '../../components/select-field';
import { Empty, Failed, Loading } from '../../components/states';
import { type Column, Table } from '../../components/table';
import { TextField } from '../../components/text-field';
import { type Role, UsersDocument, type UsersQuery } from '../../gql/user';
import { useFormats } from '../../lib/format';
import { localeOf, useI18n } from '../../lib/i18n';
import { useKeys } from '../../lib/keys';
import { useApiQuery } from '../../lib/use-api';
import { NewUser } from './new-user';
import { StateBadge } from './state-badge';

type Row = UsersQuery['users']['nodes'][number];

export const roles: readonly Role[] = ['ADMIN', 'DOCTOR', 'NURSE', 'RECEPTIONIST', 'ANALYST'];

/** Who can sign in, and as what. */
export default function UsersPage() {
  const { t, language } = useI18n();
  const { dayOf, time } = useFormats();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role | 'ANY'>('ANY');
  const [state, setState] = useState<'ANY' | 'ACTIVE' | 'INACTIVE'>('ACTIVE');
  const [page, setPage] = useState<PageOf>(firstPage);
  const [isAdding, setIsAdding] = useState(false);
  const { data, error, isLoading, isStale, retry } = useApiQuery(
    UsersDocument,
    {
      ...page,
      where: {
        ...(name.trim() && { loginName: { startsWith: name.trim() } }),
        ...(role !== 'ANY' && { role: { eq: role } }),
        ...(state !== 'ANY' && { isActive: state === 'ACTIVE' }),
      },
    },
    { keepsOld: true },
  );
  const list = data?.users;
  useKeys([{ key: '/', label: t('user.filter'), run: () => document.querySelector<HTMLInputElement>('#filters input')?.focus() }]);
  const columns: Column<Row>[] = [
    { head: t('user.displayName'), cell: ({ displayName }) => <PersonName>{displayName}</PersonName> },
    { head: t('user.loginName'), cell: ({ loginName }) => loginName },
    { head: t('user.role'), isPlain: true, cell: (row) => t(`session.role${row.role}`) },
    {
      head: t('user.secondFactor'),
      cell: ({ hasSecondFactor }) =>
        hasSecondFactor ? (
          <span className="inline-flex items-center gap-1 text-ok-text">
            <ShieldCheck className="size-4" aria-hidden="true" />
            {t('user.hasSecondFactor')}
          </span>
        ) : (
          <span className="text-ink-2">{t('user.noSecondFactor')}</span>
        ),
    },
    {
      head: t('user.lastSignedIn'),
      isExtra: true,
      cell: ({ lastSignedInAt: at }) => <span className="tabular">{at ? `${dayOf(at)}, ${time(at)}` : t('user.never')}</span>,
    },
    { head: t('user.state'), isPlain: true, cell: ({ isActive }) => <StateBadge isActive={isActive} /> },
  ];
  return (
    <Page>
      <div className="max-s:px-4">
        <PageHead title={t('user.all')} count={list?.totalCount.toLocaleString(localeOf[language])}>
          <Button kind="main" icon={<UserPlus className="size-4" aria-hidden="true" />} onPress={() => setIsAdding(true)}>
            {t('user.new')}
          </Button>
        </PageHead>
      </div>
      <section aria-label={t('user.all')} className="rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
        <div id="filters" className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-3 border-b border-line p-4">
          <TextField
            label={t('user.filter')}
            value={name}
            onChange={(next) => {
              setName(next);
              setPage(firstPage);
            }}
            icon={<Search className="size-4 text-ink-3" aria-hidden="true" />}
          />
          <SelectField
            label={t('user.role')}
            value={role}
            onChange={(next) => {
              setRole(next);
              setPage(firstPage);
            }}
            choices={[{ value: 'ANY' as const, label: t('common.any') }, ...roles.map((value) => ({ value, label: t(`session.role${value}`) }))]}
          />
          <SelectField
            label={t('user.state')}
            value={state}
            onChange={(next) => {
              setState(next);
              setPage(firstPage);
            }}
            choices={[
              { value: 'ACTIVE', label: t('user.active') },
              { value: 'INACTIVE', label: t('user.inactive') },
              { value: 'ANY', label: t('common.any') },
            ]}
          />
        </div>
        {error && !list && <Failed error={error} onRetry={retry} />}
        {isLoading && <Loading />}
        {list?.nodes.length === 0 && <Empty title={t('user.none')} />}
        {list && list.nodes.length > 0 && (
          <Table label={t('user.all')} rows={list.nodes} keyOf={({ id }) => id} hrefOf={({ id }) => `/users/${id}`} columns={columns} isStale={isStale} />
        )}
        {list && <Pager info={list.pageInfo} onGo={setPage} />}
      </section>
      {isAdding && <NewUser onClose={() => setIsAdding(false)} onDone={retry} />}
    </Page>
  );
}
