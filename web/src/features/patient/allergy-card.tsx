import { EllipsisVertical, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Badge } from '../../components/badge';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { GiveReason } from '../../components/give-reason';
import { optionClass, popoverClass } from '../../components/option';
import { Failed, Loading } from '../../components/states';
import { toast } from '../../components/toasts';
import {
  type AllergyRowFragment,
  ConfirmAllergyDocument,
  ConfirmNoAllergiesDocument,
  MarkAllergyInErrorDocument,
  PatientAlertsDocument,
  RefuteAllergyDocument,
} from '../../gql/patient';
import { errorWords } from '../../lib/form';
import { useFormats } from '../../lib/format';
import { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { useApiMutation, useApiQuery } from '../../lib/use-api';
import { AllergyHistory } from './allergy-history';
import { RecordAllergy } from './record-allergy';

type Step = 'confirm' | 'refute' | 'inError';

/** What the patient must not be given: noted, confirmed, refuted, or that they were asked and have none. */
export function AllergyCard({ patientId }: { patientId: string }) {
  const { t } = useI18n();
  const { may } = useSession();
  const { day } = useFormats();
  const { data, error, isLoading, retry } = useApiQuery(PatientAlertsDocument, { id: patientId });
  const confirmNone = useApiMutation(ConfirmNoAllergiesDocument);
  const steps = {
    confirm: useApiMutation(ConfirmAllergyDocument),
    refute: useApiMutation(RefuteAllergyDocument),
    inError: useApiMutation(MarkAllergyInErrorDocument),
  };
  const [isAdding, setIsAdding] = useState(false);
  const [asked, setAsked] = useState<{ step: Step; allergy: AllergyRowFragment } | null>(null);
  const [shown, setShown] = useState<AllergyRowFragment | null>(null);
  const [failure, setFailure] = useState('');
  const patient = data?.patient;
  const none = async () => {
    if (!patient) return;
    setFailure('');
    try {
      await confirmNone({ input: { patientId, expectedVersion: patient.version } });
      toast(t('allergy.noneConfirmed'));
    } catch (refusal) {
      if (!(refusal instanceof ApiError)) throw refusal;
      retry();
      setFailure(errorWords(refusal, t));
    }
  };
  const mayStep = may('refuteAllergy');
  return (
    <Card
      title={t('patient.allergies')}
      actions={
        may('recordAllergy') && (
          <Button isSmall icon={<Plus className="size-3.5" aria-hidden="true" />} onPress={() => setIsAdding(true)}>
            {t('allergy.add')}
          </Button>
        )
      }
    >
      {isLoading && <Loading rows={2} />}
      {error && !patient && <Failed error={error} onRetry={retry} />}
      {failure && (
        <div className="px-4 pb-3">
          <Banner tone="danger" title={failure} />
        </div>
      )}
      {patient && patient.allergyStatus !== 'ALLERGIES_RECORDED' && (
        <div className="grid justify-items-start gap-2 px-4 pb-3">
          <p className="text-ink-2">{t(patient.allergyStatus === 'NO_KNOWN_ALLERGIES' ? 'allergy.noneKnown' : 'allergy.notAsked')}</p>
          {patient.allergyStatus === 'NOT_ASKED' && may('confirmNoAllergies') && (
            <Button isSmall onPress={() => void none()}>
              {t('allergy.hasNone')}
            </Button>
          )}
        </div>
      )}
      <ul>
        {patient?.allergies?.map((allergy) => (
          <li key={allergy.id} className="flex items-start gap-2 border-t border-line py-2 ps-4 pe-2">
            <span className="min-w-0 flex-1">
              <b className="font-medium">{allergy.substance}</b>
              {allergy.reaction && `, ${allergy.reaction}`}
              <span className="mt-0.5 flex flex-wrap items-center gap-1.5 text-small text-ink-3">
                {allergy.severity !== 'UNKNOWN' && (
                  <Badge tone={allergy.severity === 'SEVERE' ? 'danger' : 'plain'}>{t(`allergy.${allergy.severity}`)}</Badge>
                )}
                {t(`allergy.${allergy.status}`)} · {day(allergy.notedOn)}
              </span>
            </span>
            <MenuTrigger>
              <AriaButton
                aria-label={t('allergy.steps', { substance: allergy.substance })}
                className="grid size-7 shrink-0 place-items-center rounded-2 text-ink-2 hover:bg-hover pointer-coarse:size-control print:hidden"
              >
                <EllipsisVertical className="size-4" aria-hidden="true" />
              </AriaButton>
              <Popover className={popoverClass} placement="bottom end">
                <Menu className="outline-none" onAction={(key) => (key === 'history' ? setShown(allergy) : setAsked({ step: key as Step, allergy }))}>
                  {mayStep && allergy.status !== 'CONFIRMED' && (
                    <MenuItem id="confirm" className={optionClass}>
                      {t('allergy.confirm')}
                    </MenuItem>
                  )}
                  {mayStep && (
                    <MenuItem id="refute" className={optionClass}>
                      {t('allergy.refute')}
                    </MenuItem>
                  )}
                  {mayStep && (
                    <MenuItem id="inError" className={optionClass}>
                      {t('allergy.inError')}
                    </MenuItem>
                  )}
                  <MenuItem id="history" className={optionClass}>
                    {t('history.title')}
                  </MenuItem>
                </Menu>
              </Popover>
            </MenuTrigger>
          </li>
        ))}
      </ul>
      {isAdding && <RecordAllergy patientId={patientId} onClose={() => setIsAdding(false)} />}
      {shown && <AllergyHistory allergy={shown} patientId={patientId} onClose={() => setShown(null)} />}
      {asked && (
        <GiveReason
          title={t(`allergy.${asked.step}`)}
          action={t(`allergy.${asked.step}It`)}
          onClose={() => setAsked(null)}
          send={async (reason) => {
            await steps[asked.step]({ input: { allergyId: asked.allergy.id, expectedVersion: asked.allergy.version, reason } });
            setAsked(null);
            toast(t('allergy.isChanged'));
          }}
        >
          {t(`allergy.${asked.step}Why`, { substance: asked.allergy.substance })}
        </GiveReason>
      )}
    </Card>
  );
}
