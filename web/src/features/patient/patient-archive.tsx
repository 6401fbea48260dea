import { useState } from 'react';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { GiveReason } from '../../components/give-reason';
import { toast } from '../../components/toasts';
import { ArchivePatientDocument, type PatientFactsFragment, RestorePatientDocument } from '../../gql/patient';
import { errorWords } from '../../lib/form';
import { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { useApiMutation } from '../../lib/use-api';

/** Takes the patient off the lists, and puts them back: at once by Undo, or later. */
export function PatientArchive({ patient }: { patient: PatientFactsFragment }) {
  const { t } = useI18n();
  const { may } = useSession();
  const archive = useApiMutation(ArchivePatientDocument);
  const restore = useApiMutation(RestorePatientDocument);
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState('');
  const putBack = async (expectedVersion: number) => {
    setFailure('');
    try {
      await restore({ input: { patientId: patient.id, expectedVersion } });
      toast(t('patient.isRestored'));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setFailure(errorWords(error, t));
    }
  };
  return (
    <div className="grid justify-items-start gap-2 max-s:px-4 print:hidden">
      {failure && <Banner tone="danger" title={failure} />}
      {patient.archivedAt
        ? may('restorePatient') && <Button onPress={() => void putBack(patient.version)}>{t('patient.restore')}</Button>
        : may('archivePatient') && (
            <Button kind="quiet" isSmall onPress={() => setIsAsking(true)}>
              {t('patient.archive')}
            </Button>
          )}
      {isAsking && (
        <GiveReason
          title={t('patient.archiveTitle')}
          action={t('patient.archiveIt')}
          onClose={() => setIsAsking(false)}
          send={async (reason) => {
            try {
              const { archivePatient } = await archive({ input: { patientId: patient.id, expectedVersion: patient.version, reason } });
              setIsAsking(false);
              const version = archivePatient?.patient.version;
              toast(t('patient.isArchivedNow'), version === undefined ? undefined : () => void putBack(version));
            } catch (error) {
              // The one thing that is in the way of it.
              if (error instanceof ApiError && error.code === 'CONFLICT') throw new ApiError('HAS_VISITS', t('patient.hasVisits'));
              throw error;
            }
          }}
        >
          {t('patient.archiveWhy')}
        </GiveReason>
      )}
    </div>
  );
}
