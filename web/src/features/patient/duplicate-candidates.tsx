import type { ReactNode } from 'react';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { PersonName } from '../../components/person-name';
import { Failed, Loading } from '../../components/states';
import { PatientsByIdDocument, type PatientRowFragment } from '../../gql/patient';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { useApiQuery } from '../../lib/use-api';
import { phoneEnd } from '../../lib/phone-end';

interface Props {
  ids: readonly string[];
  onUse: (patientId: string) => void;
  /** What is asked of whoever registers somebody else nevertheless. */
  children: ReactNode;
}

/** Those who may be the person to register. To use the likeliest is one key away: it has the focus. */
export function DuplicateCandidates({ ids, onUse, children }: Props) {
  const { t } = useI18n();
  const { born } = useFormats();
  const { data, error, isLoading, retry } = useApiQuery(PatientsByIdDocument, { ids: [...ids] });
  const patients = (data?.nodes ?? []).filter((node): node is PatientRowFragment => node !== null && 'mrn' in node);
  return (
    <Banner tone="warn" title={t('patient.maybeKnown', { count: ids.length })}>
      {isLoading && <Loading rows={ids.length} />}
      {error && <Failed error={error} onRetry={retry} />}
      <ul className="grid w-full gap-2">
        {patients.map((patient, i) => (
          <li key={patient.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-2 bg-surface px-3 py-2">
            <span className="min-w-0 flex-1 basis-60">
              <b className="font-semibold">
                <PersonName>{patient.displayName}</PersonName>
              </b>
              <span className="block text-small text-ink-2">
                {[born(patient), t(`patient.${patient.sex}`), phoneEnd(patient.phone), patient.mrn, patient.archivedAt && t('patient.archived')]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            <Button kind={i === 0 ? 'main' : 'plain'} autoFocus={i === 0} onPress={() => onUse(patient.id)}>
              {t('patient.useExisting')}
            </Button>
          </li>
        ))}
      </ul>
      <div className="w-full">{children}</div>
    </Banner>
  );
}
