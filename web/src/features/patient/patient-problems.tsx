import { Tag } from '../../components/badge';
import { Card } from '../../components/card';
import { Failed, Loading } from '../../components/states';
import { PatientAlertsDocument } from '../../gql/patient';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { useApiQuery } from '../../lib/use-api';

/** The newest record of each problem. */
export function PatientProblems({ patientId }: { patientId: string }) {
  const { t } = useI18n();
  const { day } = useFormats();
  const { data, error, isLoading, retry } = useApiQuery(PatientAlertsDocument, { id: patientId });
  const problems = data?.patient?.currentProblems;
  return (
    <Card title={t('patient.problems')}>
      {isLoading && <Loading rows={3} />}
      {error && !problems && <Failed error={error} onRetry={retry} />}
      {problems?.length === 0 && <p className="px-4 pb-3 text-ink-2">{t('common.noneRecorded')}</p>}
      <ul>
        {problems?.slice(0, 8).map(({ id, diagnosis, code, recordedOn }) => (
          <li key={id} className="border-t border-line px-4 py-2">
            {diagnosis} {code && <Tag>{code}</Tag>}
            <span className="block text-small text-ink-3">{day(recordedOn)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
