import { useState } from 'react';
import { Page } from '../../components/page-head';
import { firstPage, Pager, type PageOf } from '../../components/pager';
import { Empty, Failed, Loading } from '../../components/states';
import { PatientAppointmentsDocument } from '../../gql/patient';
import { useI18n } from '../../lib/i18n';
import { useApiQuery } from '../../lib/use-api';
import { PatientAppointmentTable } from './patient-appointment-table';

/** The patient's visits, latest first. */
export function PatientAppointments({ patientId }: { patientId: string }) {
  const { t } = useI18n();
  const [page, setPage] = useState<PageOf>(firstPage);
  const { data, error, isLoading, retry } = useApiQuery(PatientAppointmentsDocument, { id: patientId, ...page }, { keepsOld: true });
  const list = data?.patient?.appointments;
  return (
    <Page>
      <section aria-label={t('shell.appointments')} className="rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
        {isLoading && <Loading />}
        {error && !list && <Failed error={error} onRetry={retry} />}
        {list?.nodes.length === 0 && <Empty title={t('appointment.none')} />}
        {list && list.nodes.length > 0 && <PatientAppointmentTable rows={list.nodes} />}
        {list && <Pager info={list.pageInfo} onGo={setPage} />}
      </section>
    </Page>
  );
}
