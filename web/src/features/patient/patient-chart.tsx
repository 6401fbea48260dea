import { Search } from 'lucide-react';
import { type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../components/button';
import { LinkTabs } from '../../components/link-tabs';
import { Page, PageHead } from '../../components/page-head';
import { Empty, Failed, Loading } from '../../components/states';
import { PatientDocument, type PatientFactsFragment } from '../../gql/patient';
import { useI18n } from '../../lib/i18n';
import { useKeys } from '../../lib/keys';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';
import { useWindows } from '../../lib/windows';
import { AsOfBar } from './as-of-bar';
import { ClosedChart } from './closed-chart';
import { GlassBar } from './glass-bar';
import { PatientBanner } from './patient-banner';
import { usePatientChanges } from './use-patient-changes';

export interface ChartPartProps {
  patient: PatientFactsFragment;
  /** Whether the chart itself, and not only who it is, may be asked for. */
  showsChart: boolean;
}

interface Props {
  id: string;
  /** The part below is of the chart itself. */
  isOfChart: boolean;
  /** What the address says of an instant, read or not. */
  askedAt: string | null;
  children: (props: ChartPartProps) => ReactNode;
}

/** What stands around every part of a patient's page: who it is, whether it is now, whether the chart is open. Each printed page begins with it too. */
export function PatientChart({ id, isOfChart, askedAt, children }: Props) {
  const { t } = useI18n();
  const { readsCharts, may, pastAt } = useSession();
  const [, navigate] = useLocation();
  const open = useWindows();
  const { data, error, isLoading, retry } = useApiQuery(PatientDocument, { id });
  const patient = data?.patient;
  usePatientChanges(patient && !pastAt ? [id] : [], retry);
  const home = `/patients/${id}`;
  const then = pastAt ? `?at=${encodeURIComponent(pastAt)}` : '';
  const tabs = [
    { href: home + then, label: t('patient.overview') },
    ...(readsCharts ? [{ href: `${home}/records${then}`, label: t('shell.records'), hasParts: true }] : []),
    { href: `${home}/appointments${then}`, label: t('shell.appointments') },
    { href: `${home}/history${then}`, label: t('history.title') },
  ];
  const isOpen = patient?.chartAccess !== 'CLOSED';
  const mayWrite = Boolean(patient) && isOpen && may('createMedicalRecord');
  useKeys([
    ...tabs.map(({ href, label }, i) => ({ key: String(i + 1), label, run: () => navigate(href) })),
    ...(mayWrite ? [{ key: 'r', label: t('record.new'), run: () => navigate(`${home}/records/new`), isInBar: true }] : []),
  ]);
  if (isLoading) return <Loading />;
  // The id of something else is nobody's either.
  const isNobody = error?.problems.some(({ path }) => path[0] === 'id');
  if (error && !patient && !isNobody) {
    return (
      <>
        {askedAt && <AsOfBar asked={askedAt} home={home} />}
        <Failed error={error} onRetry={retry} />
      </>
    );
  }
  if (!patient) {
    return (
      <>
        {askedAt && <AsOfBar asked={askedAt} home={home} />}
        <Page>
          <div className="max-s:px-4">
            <PageHead title={t(pastAt ? 'patient.notYet' : 'patient.noSuch')} />
          </div>
          <Empty title={t(pastAt ? 'patient.notYetWhy' : 'patient.noSuchWhy')}>
            <Button
              kind={pastAt ? 'plain' : 'main'}
              keyHint="mod+k"
              icon={<Search className="size-4" aria-hidden="true" />}
              onPress={() => open({ name: 'find' })}
            >
              {t('patient.find')}
            </Button>
          </Empty>
        </Page>
      </>
    );
  }
  return (
    // On paper a table, whose head begins each page.
    <div className="print:table print:w-full">
      <PatientBanner patient={patient} showsAlerts={readsCharts && isOpen}>
        {askedAt && <AsOfBar asked={askedAt} home={home} />}
        {patient.chartAccess === 'UNDER_GLASS' && !pastAt && <GlassBar patientId={patient.id} />}
      </PatientBanner>
      <LinkTabs label={t('patient.parts')} tabs={tabs} />
      {isOfChart && !isOpen ? (
        <Page>
          <ClosedChart patientId={patient.id} home={home} />
        </Page>
      ) : (
        children({ patient, showsChart: readsCharts && isOpen })
      )}
    </div>
  );
}
