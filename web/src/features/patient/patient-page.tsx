import { useLocation } from 'wouter';
import { LinkTabs } from '../../components/link-tabs';
import { Page, PageHead } from '../../components/page-head';
import { Empty, Failed, Loading } from '../../components/states';
import { PatientDocument } from '../../gql/patient';
import { useI18n } from '../../lib/i18n';
import { useKeys } from '../../lib/keys';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';
import { PatientAppointments } from './patient-appointments';
import { PatientBanner } from './patient-banner';
import { PatientOverview } from './patient-overview';
import { PatientRecords } from './patient-records';

/** One patient: the banner that stays in view, and below it what is known, in parts. */
export default function PatientPage({ params }: { params: Record<string, string> }) {
  const { t } = useI18n();
  const { readsCharts } = useSession();
  const [location, navigate] = useLocation();
  const id = params.id ?? '';
  const { data, error, isLoading, retry } = useApiQuery(PatientDocument, { id });
  const patient = data?.patient;
  const home = `/patients/${id}`;
  const tabs = [
    { href: home, label: t('patient.overview') },
    ...(readsCharts ? [{ href: `${home}/records`, label: t('shell.records') }] : []),
    { href: `${home}/appointments`, label: t('shell.appointments') },
  ];
  useKeys(tabs.map(({ href, label }, i) => ({ key: String(i + 1), label, run: () => navigate(href), isInBar: true })));
  if (isLoading) return <Loading />;
  // The id of something else is nobody's either.
  const isNobody = error?.problems.some(({ path }) => path[0] === 'id');
  if (error && !patient && !isNobody) return <Failed error={error} onRetry={retry} />;
  if (!patient) {
    return (
      <Page>
        <PageHead title={t('patient.noSuch')} />
        <Empty title={t('patient.noSuchWhy')} />
      </Page>
    );
  }
  const isClosed = patient.chartAccess === 'CLOSED';
  return (
    <>
      <PatientBanner patient={patient} showsAlerts={readsCharts && !isClosed} />
      <LinkTabs label={t('patient.parts')} tabs={tabs} />
      {location === `${home}/appointments` ? (
        <PatientAppointments patientId={patient.id} />
      ) : location === `${home}/records` ? (
        <PatientRecords patientId={patient.id} isClosed={isClosed} />
      ) : (
        <PatientOverview patient={patient} showsTimeline={readsCharts && !isClosed} />
      )}
    </>
  );
}
