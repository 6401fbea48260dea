import { Lock, LockOpen, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../components/button';
import { Card } from '../../components/card';
import { GiveReason } from '../../components/give-reason';
import { PersonName } from '../../components/person-name';
import { Failed, Loading } from '../../components/states';
import { toast } from '../../components/toasts';
import { PatientAccessDocument, type PatientAccessQuery, RestrictPatientDocument, UnrestrictPatientDocument } from '../../gql/patient';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { useApiMutation, useApiQuery } from '../../lib/use-api';
import { AddMember, RemoveMember } from './care-team-forms';

type Patient = NonNullable<PatientAccessQuery['patient']>;
export type Member = Patient['careTeam'][number];

/** Who reads the chart: all who read charts, or the care team alone, and who is of it. */
export function AccessCard({ patientId }: { patientId: string }) {
  const { t } = useI18n();
  const { may } = useSession();
  const { dayOf } = useFormats();
  const { data, error, isLoading, retry } = useApiQuery(PatientAccessDocument, { id: patientId });
  const [open, setOpen] = useState<'add' | 'restrict' | Member | null>(null);
  const patient = data?.patient;
  const self = data?.viewer?.user.practitioner?.id;
  const own = patient?.primaryPractitioner;
  const team = [...(own ? [own.id] : []), ...(patient?.careTeam ?? []).map(({ practitioner }) => practitioner.id)];
  const isOfTeam = self !== undefined && team.includes(self);
  // Of a restricted patient the team alone decides who is of it.
  const mayChange = patient !== undefined && patient !== null && (!patient.isRestricted || isOfTeam);
  const close = () => setOpen(null);
  return (
    <Card
      title={t('access.access')}
      actions={
        mayChange &&
        may('addCareTeamMember') && (
          <Button isSmall aria-label={t('access.addTitle')} icon={<Plus className="size-3.5" aria-hidden="true" />} onPress={() => setOpen('add')}>
            {t('access.add')}
          </Button>
        )
      }
    >
      {isLoading && <Loading rows={2} />}
      {error && !patient && <Failed error={error} onRetry={retry} />}
      {patient && (
        <>
          <p className="flex items-start gap-2 px-4 pb-3">
            {patient.isRestricted ? (
              <Lock className="mt-px size-4 shrink-0 text-warn-text" aria-hidden="true" />
            ) : (
              <LockOpen className="mt-px size-4 shrink-0 text-ink-3" aria-hidden="true" />
            )}
            {t(patient.isRestricted ? 'access.restricted' : 'access.open')}
          </p>
          <ul aria-label={t('access.team')}>
            {own && (
              <li className="flex min-h-10 items-center border-t border-line py-1.5 ps-4 pe-2">
                <Who name={own.displayName} what={t('patient.ownDoctor')} />
              </li>
            )}
            {patient.careTeam.map((member) => (
              <li key={member.id} className="flex min-h-10 items-center gap-2 border-t border-line py-1.5 ps-4 pe-2">
                <Who name={member.practitioner.displayName} what={t('access.since', { day: dayOf(member.createdAt) })} />
                {mayChange && may('removeCareTeamMember') && (
                  <span className="print:hidden">
                    <IconButton
                      isSmall
                      label={t('access.remove', { name: member.practitioner.displayName })}
                      icon={<X className="size-4" aria-hidden="true" />}
                      onPress={() => setOpen(member)}
                    />
                  </span>
                )}
              </li>
            ))}
          </ul>
          {may('restrictPatient') && (
            <div className="grid justify-items-start border-t border-line px-4 py-2.5 print:hidden">
              {isOfTeam ? (
                <Button isSmall onPress={() => setOpen('restrict')}>
                  {t(patient.isRestricted ? 'access.unrestrict' : 'access.restrict')}
                </Button>
              ) : (
                <p className="text-small text-ink-3">{t('access.onlyTeam')}</p>
              )}
            </div>
          )}
          {open === 'restrict' && <Restrict patient={patient} onClose={close} />}
          {open === 'add' && <AddMember patientId={patientId} without={team} onClose={close} onDone={retry} />}
          {open && typeof open === 'object' && (
            <RemoveMember member={open} isSelf={open.practitioner.id === self && patient.isRestricted && own?.id !== self} onClose={close} onDone={retry} />
          )}
        </>
      )}
    </Card>
  );
}

function Who({ name, what }: { name: string; what: string }) {
  return (
    <span className="min-w-0 flex-1">
      <PersonName>{name}</PersonName>
      <span className="block text-small text-ink-3">{what}</span>
    </span>
  );
}

/** Closes the chart to all but the team, or opens it again, with a reason. */
function Restrict({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const { t } = useI18n();
  const restrict = useApiMutation(RestrictPatientDocument);
  const unrestrict = useApiMutation(UnrestrictPatientDocument);
  const step = patient.isRestricted ? 'unrestrict' : 'restrict';
  return (
    <GiveReason
      title={t(`access.${step}Title`)}
      action={t(`access.${step}It`)}
      onClose={onClose}
      send={async (reason) => {
        const input = { patientId: patient.id, expectedVersion: patient.version, reason };
        await (patient.isRestricted ? unrestrict({ input }) : restrict({ input }));
        onClose();
        toast(t(`access.${step}Done`));
      }}
    >
      {t(`access.${step}Why`)}
    </GiveReason>
  );
}
