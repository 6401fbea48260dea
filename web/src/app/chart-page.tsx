import { type ComponentType, Suspense } from 'react';
import { useLocation, useSearch } from 'wouter';
import { Loading } from '../components/states';
import { PatientVisits } from '../features/appointment/patient-visits';
import { type ChartPartProps, PatientChart } from '../features/patient/patient-chart';
import { PatientOverview } from '../features/patient/patient-overview';
import { PatientRecords } from '../features/patient/patient-records';
import { lazyPart } from '../lib/lazy-part';
import { Past, pastInstant } from '../lib/past';
import { useSession } from '../lib/session';

const RecordPart = lazyPart(() => import('../features/record/record-part'));
const History = lazyPart(() => import('../features/patient/patient-history'));
const Summary = lazyPart(() => import('../features/patient/patient-summary'));

interface Part {
  show: ComponentType<ChartPartProps & { recordId?: string }>;
  /** It tells of the chart: nothing of it is asked for while that is closed. */
  isChart: boolean;
}

/** The parts of a patient's page, by what follows the patient in the address. */
const parts: Record<string, Part> = {
  '': { show: PatientOverview, isChart: false },
  appointments: { show: ({ patient }) => <PatientVisits patientId={patient.id} />, isChart: false },
  history: { show: History, isChart: false },
  records: { show: ({ patient }) => <PatientRecords patientId={patient.id} />, isChart: true },
  record: { show: ({ patient, recordId }) => <RecordPart patient={patient} {...(recordId && { recordId })} />, isChart: true },
  summary: { show: Summary, isChart: true },
};

/** One patient: who it is, in view on each part of the page, and the part itself, now or as it was. */
export default function ChartPage({ params }: { params: Record<string, string> }) {
  const [location] = useLocation();
  const asked = new URLSearchParams(useSearch()).get('at');
  const at = pastInstant(asked);
  const { readsCharts } = useSession();
  const [, , , name = '', record] = location.split('/');
  const part = parts[record ? 'record' : name] ?? parts[''];
  const chart = part && (
    <PatientChart id={params.id ?? ''} isOfChart={part.isChart && readsCharts} askedAt={asked}>
      {(props) => (
        <Suspense fallback={<Loading />}>
          <part.show key={at} {...props} {...(params.record && { recordId: params.record })} />
        </Suspense>
      )}
    </PatientChart>
  );
  return at ? <Past at={at}>{chart}</Past> : chart;
}
