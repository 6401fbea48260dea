import { Building2, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button';
import { Page, PageHead } from '../../components/page-head';
import { firstPage, Pager, type PageOf } from '../../components/pager';
import { PersonName } from '../../components/person-name';
import { Empty, Failed, Loading } from '../../components/states';
import { type Column, Table } from '../../components/table';
import { toast } from '../../components/toasts';
import { CancelTimeOffDocument, TimeOffDocument, type TimeOffQuery } from '../../gql/practitioner';
import { addDays, startOfDay } from '../../lib/clinic-day';
import { errorWords } from '../../lib/form';
import { useFormats } from '../../lib/format';
import { ApiError } from '../../lib/graphql';
import { localeOf, useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { useApiMutation, useApiQuery } from '../../lib/use-api';
import { NewTimeOff } from './new-time-off';
import { PractitionerTabs } from './practitioners-page';

type Row = TimeOffQuery['timeOff']['nodes'][number];

/** Says when somebody is away: days when it is whole days, else times too. */
export function usePeriod(): (timeOff: { startsAt: string; endsAt: string }) => string {
  const { t } = useI18n();
  const { day, isoDayOf, time } = useFormats();
  return ({ startsAt, endsAt }) => {
    const [first, after] = [isoDayOf(startsAt), isoDayOf(endsAt)];
    if (time(startsAt) === '00:00' && time(endsAt) === '00:00') {
      const last = addDays(after, -1);
      return first === last ? day(first) : t('practitioner.period', { from: day(first), to: day(last) });
    }
    if (first === after) return `${day(first)}, ${time(startsAt)}–${time(endsAt)}`;
    return t('practitioner.period', { from: `${day(first)}, ${time(startsAt)}`, to: `${day(after)}, ${time(endsAt)}` });
  };
}

/** All absences and the days on which the clinic is closed, today and later. */
export default function TimeOffPage() {
  const { t, language } = useI18n();
  const { may, clinic } = useSession();
  const period = usePeriod();
  const [page, setPage] = useState<PageOf>(firstPage);
  const [isAdding, setIsAdding] = useState(false);
  const { data, error, isLoading, isStale, retry } = useApiQuery(
    TimeOffDocument,
    { ...page, where: { endsAt: { gte: startOfDay(clinic.today, clinic.timeZone) } } },
    { keepsOld: true },
  );
  const list = data?.timeOff;
  const add = may('createTimeOff') && (
    <Button kind="main" icon={<Plus className="size-4" aria-hidden="true" />} onPress={() => setIsAdding(true)}>
      {t('practitioner.newTimeOff')}
    </Button>
  );
  const columns: Column<Row>[] = [
    { head: t('practitioner.timeOff'), cell: (row) => <span className="tabular max-s:whitespace-normal">{period(row)}</span> },
    {
      head: t('practitioner.who'),
      isPlain: true,
      cell: ({ practitioner }) =>
        practitioner ? (
          <PersonName>{practitioner.displayName}</PersonName>
        ) : (
          <span className="inline-flex items-center gap-1.5 font-medium">
            <Building2 className="size-4 text-ink-3" aria-hidden="true" />
            {t('practitioner.clinic')}
          </span>
        ),
    },
    { head: t('practitioner.reason'), isPlain: true, cell: ({ reason }) => reason ?? '—' },
    ...(may('cancelTimeOff') ? [{ head: t('practitioner.takeBack'), isPlain: true, cell: (row: Row) => <CancelTimeOff timeOff={row} onDone={retry} /> }] : []),
  ];
  return (
    <>
      <PractitionerTabs />
      <Page>
        <div className="max-s:px-4">
          <PageHead title={t('practitioner.allTimeOff')} count={list?.totalCount.toLocaleString(localeOf[language])}>
            {add}
          </PageHead>
        </div>
        <section aria-label={t('practitioner.allTimeOff')} className="rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
          {error && !list && <Failed error={error} onRetry={retry} />}
          {isLoading && <Loading />}
          {list?.nodes.length === 0 && <Empty title={t('practitioner.noTimeOff')}>{add}</Empty>}
          {list && list.nodes.length > 0 && (
            <Table label={t('practitioner.allTimeOff')} rows={list.nodes} keyOf={({ id }) => id} columns={columns} isStale={isStale} />
          )}
          {list && <Pager info={list.pageInfo} onGo={setPage} />}
        </section>
        {isAdding && <NewTimeOff onClose={() => setIsAdding(false)} onDone={retry} />}
      </Page>
    </>
  );
}

/** Takes an absence back; why not is said in its place. */
export function CancelTimeOff({ timeOff, onDone }: { timeOff: { id: string; version: number }; onDone: () => void }) {
  const { t } = useI18n();
  const { may } = useSession();
  const cancel = useApiMutation(CancelTimeOffDocument);
  const [failed, setFailed] = useState('');
  if (!may('cancelTimeOff')) return null;
  const take = async () => {
    try {
      await cancel({ input: { timeOffId: timeOff.id, expectedVersion: timeOff.version } });
      toast(t('practitioner.takenBack'));
      onDone();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setFailed(errorWords(error, t));
    }
  };
  return (
    <>
      <Button isSmall onPress={() => void take()}>
        {t('practitioner.takeBack')}
      </Button>
      {failed && (
        <span role="alert" className="text-small text-danger-text">
          {failed}
        </span>
      )}
    </>
  );
}
