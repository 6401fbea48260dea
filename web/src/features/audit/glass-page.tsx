import { CircleX, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '../../components/badge';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { Page, PageHead } from '../../components/page-head';
import { firstPage, Pager, type PageOf } from '../../components/pager';
import { PersonName } from '../../components/person-name';
import { Empty, Failed, Loading } from '../../components/states';
import { type Column, Table } from '../../components/table';
import { toast } from '../../components/toasts';
import { CloseGlassOfDocument, GlassAccessesDocument, type GlassAccessesQuery } from '../../gql/audit';
import { errorWords } from '../../lib/form';
import { useFormats } from '../../lib/format';
import { ApiError } from '../../lib/graphql';
import { localeOf, useI18n } from '../../lib/i18n';
import { useApiMutation, useApiQuery } from '../../lib/use-api';
import { AuditTabs } from './audit-tabs';

type Row = GlassAccessesQuery['glassAccesses']['nodes'][number];

/** Who opened a chart that was closed to them, why, and whether it still is open. */
export default function GlassPage() {
  const { t, language } = useI18n();
  const { dayOf, time } = useFormats();
  const [page, setPage] = useState<PageOf>(firstPage);
  const [failed, setFailed] = useState('');
  const { data, error, isLoading, isStale, retry } = useApiQuery(GlassAccessesDocument, page, { keepsOld: true });
  const closeGlass = useApiMutation(CloseGlassOfDocument);
  const list = data?.glassAccesses;
  const when = (instant: string) => <span className="tabular">{`${dayOf(instant)}, ${time(instant)}`}</span>;
  const close = async (glassAccessId: string) => {
    setFailed('');
    try {
      await closeGlass({ input: { glassAccessId } });
      toast(t('audit.closed'));
    } catch (refusal) {
      if (!(refusal instanceof ApiError)) throw refusal;
      setFailed(errorWords(refusal, t));
    }
  };
  const columns: Column<Row>[] = [
    { head: t('audit.who'), cell: ({ user }) => <PersonName>{user.displayName}</PersonName> },
    { head: t('audit.when'), isPlain: true, cell: ({ createdAt }) => when(createdAt) },
    { head: t('audit.reason'), isPlain: true, cell: ({ reason }) => reason },
    { head: t('audit.patient'), isExtra: true, cell: ({ patientId }) => <span className="font-mono text-small">{patientId}</span> },
    { head: t('audit.openUntil'), cell: ({ closesAt }) => when(closesAt) },
    {
      head: t('audit.close'),
      isPlain: true,
      cell: ({ id, closesAt, user }) =>
        Date.parse(closesAt) <= Date.now() ? (
          <Badge icon={<CircleX aria-hidden="true" />}>{t('audit.over')}</Badge>
        ) : (
          <span className="inline-flex flex-wrap items-center gap-2">
            <Badge tone="danger" icon={<TriangleAlert aria-hidden="true" />}>
              {t('audit.open')}
            </Badge>
            <Button isSmall aria-label={t('audit.closeNamed', { name: user.displayName })} onPress={() => void close(id)}>
              {t('audit.close')}
            </Button>
          </span>
        ),
    },
  ];
  return (
    <>
      <AuditTabs />
      <Page>
        <div className="max-s:px-4">
          <PageHead title={t('audit.glass')} count={list?.totalCount.toLocaleString(localeOf[language])} />
        </div>
        {failed && <Banner tone="danger" title={failed} />}
        <section aria-label={t('audit.glass')} className="rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
          {error && !list && <Failed error={error} onRetry={retry} />}
          {isLoading && <Loading />}
          {list?.nodes.length === 0 && <Empty title={t('audit.noGlass')} />}
          {list && list.nodes.length > 0 && <Table label={t('audit.glass')} rows={list.nodes} keyOf={({ id }) => id} columns={columns} isStale={isStale} />}
          {list && <Pager info={list.pageInfo} onGo={setPage} />}
        </section>
      </Page>
    </>
  );
}
