import { CalendarCheck, UserMinus, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Badge } from '../../components/badge';
import { Button } from '../../components/button';
import { LinkTabs } from '../../components/link-tabs';
import { Page, PageHead } from '../../components/page-head';
import { firstPage, Pager, type PageOf } from '../../components/pager';
import { PersonName } from '../../components/person-name';
import { SelectField } from '../../components/select-field';
import { Empty, Failed, Loading } from '../../components/states';
import { type Column, Table } from '../../components/table';
import { PractitionersDocument, type PractitionersQuery } from '../../gql/practitioner';
import { localeOf, useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';
import { PractitionerForm } from './practitioner-form';
import { weekdays, weekOn, workOf } from './week';

type Row = PractitionersQuery['practitioners']['nodes'][number];
type Listed = 'ACTIVE' | 'LEFT' | 'ALL';

/** The two lists of who works when. */
export function PractitionerTabs() {
  const { t } = useI18n();
  const tabs = [
    { href: '/practitioners', label: t('practitioner.all') },
    { href: '/practitioners/time-off', label: t('practitioner.allTimeOff') },
  ];
  return <LinkTabs label={t('practitioner.parts')} tabs={tabs} />;
}

/** Who can be booked, what they do and how much they work. */
export default function PractitionersPage() {
  const { t, language } = useI18n();
  const { may } = useSession();
  const [, navigate] = useLocation();
  const [listed, setListed] = useState<Listed>('ACTIVE');
  const [page, setPage] = useState<PageOf>(firstPage);
  const [isAdding, setIsAdding] = useState(false);
  const { data, error, isLoading, isStale, retry } = useApiQuery(
    PractitionersDocument,
    { ...page, ...(listed !== 'ALL' && { where: { isActive: listed === 'ACTIVE' } }) },
    { keepsOld: true },
  );
  const list = data?.practitioners;
  const add = may('createPractitioner') && (
    <Button kind="main" icon={<UserPlus className="size-4" aria-hidden="true" />} onPress={() => setIsAdding(true)}>
      {t('practitioner.new')}
    </Button>
  );
  return (
    <>
      <PractitionerTabs />
      <Page>
        <div className="max-s:px-4">
          <PageHead title={t('practitioner.all')} count={list?.totalCount.toLocaleString(localeOf[language])}>
            {add}
          </PageHead>
        </div>
        <section aria-label={t('practitioner.all')} className="rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
          <div className="border-b border-line p-4">
            <div className="s:max-w-64">
              <SelectField
                label={t('practitioner.state')}
                value={listed}
                onChange={(next) => {
                  setListed(next);
                  setPage(firstPage);
                }}
                choices={[
                  { value: 'ACTIVE', label: t('practitioner.active') },
                  { value: 'LEFT', label: t('practitioner.inactive') },
                  { value: 'ALL', label: t('practitioner.everybody') },
                ]}
              />
            </div>
          </div>
          {error && !list && <Failed error={error} onRetry={retry} />}
          {isLoading && <Loading />}
          {list?.nodes.length === 0 && <Empty title={t(listed === 'ACTIVE' ? 'practitioner.none' : 'practitioner.noneFits')}>{listed === 'ACTIVE' && add}</Empty>}
          {list && list.nodes.length > 0 && <PractitionerTable rows={list.nodes} isStale={isStale} />}
          {list && <Pager info={list.pageInfo} onGo={setPage} />}
        </section>
        {isAdding && <PractitionerForm onClose={() => setIsAdding(false)} onDone={(id) => navigate(`/practitioners/${id}`)} />}
      </Page>
    </>
  );
}

function PractitionerTable({ rows, isStale }: { rows: readonly Row[]; isStale: boolean }) {
  const { t, language } = useI18n();
  const { clinic } = useSession();
  const hoursOf = ({ workingHours }: Row) => {
    const week = weekOn(workingHours, clinic.today);
    return weekdays.reduce((sum, weekday) => sum + workOf(week[weekday]), 0) / 60;
  };
  const columns: Column<Row>[] = [
    { head: t('practitioner.name'), cell: ({ displayName }) => <PersonName>{displayName}</PersonName> },
    { head: t('practitioner.specialty'), isPlain: true, cell: ({ specialty }) => specialty ?? '—' },
    {
      head: t('practitioner.hours'),
      isPlain: true,
      cell: (row) => {
        const hours = hoursOf(row);
        return (
          <span className={hours > 0 ? 'tabular' : 'text-ink-3'}>
            {hours > 0 ? t('practitioner.perWeek', { count: hours.toLocaleString(localeOf[language], { maximumFractionDigits: 1 }) }) : '—'}
          </span>
        );
      },
    },
    { head: t('practitioner.state'), isPlain: true, cell: ({ isActive }) => <ActiveBadge isActive={isActive} /> },
  ];
  return (
    <Table
      label={t('practitioner.all')}
      rows={rows}
      keyOf={({ id }) => id}
      hrefOf={({ id }) => `/practitioners/${id}`}
      columns={columns}
      isStale={isStale}
    />
  );
}

/** Whether somebody can be booked. */
export function ActiveBadge({ isActive }: { isActive: boolean }) {
  const { t } = useI18n();
  return isActive ? (
    <Badge tone="ok" icon={<CalendarCheck aria-hidden="true" />}>
      {t('practitioner.active')}
    </Badge>
  ) : (
    <Badge icon={<UserMinus aria-hidden="true" />}>{t('practitioner.inactive')}</Badge>
  );
}
