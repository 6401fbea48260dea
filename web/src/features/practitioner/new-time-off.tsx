import { useState } from 'react';
import { Button } from '../../components/button';
import { DateField } from '../../components/date-field';
import { Dialog, DialogFooter } from '../../components/dialog';
import { FormDialog } from '../../components/form-dialog';
import { type Bookable, PractitionerField } from '../../components/practitioner-field';
import { SelectField } from '../../components/select-field';
import { TextField } from '../../components/text-field';
import { CreateTimeOffDocument } from '../../gql/practitioner';
import { addDays, instantOf } from '../../lib/clinic-day';
import { useForm } from '../../lib/form';
import { ApiError, type Problem } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { readTypedDate } from '../../lib/typed-date';
import { useApiMutation } from '../../lib/use-api';
import { readClock } from './clock';
import { VisitsWithinTimeOff } from './touched-visits';

interface Props {
  /** Whose; absent: it is asked for. */
  practitionerId?: string;
  onClose: () => void;
  onDone: () => void;
}

const labels = {
  who: 'practitioner.who',
  practitioner: 'practitioner.one',
  length: 'practitioner.length',
  firstDay: 'practitioner.firstDay',
  lastDay: 'practitioner.lastDay',
  startsAt: 'practitioner.starts',
  endsAt: 'practitioner.ends',
  reason: 'practitioner.reason',
} as const;

/** Time in which somebody, or the clinic, cannot be booked; then which booked visits lie within it. */
export function NewTimeOff({ practitionerId, onClose, onDone }: Props) {
  const { t } = useI18n();
  const { clinic, isDesk } = useSession();
  const create = useApiMutation(CreateTimeOffDocument);
  const [created, setCreated] = useState('');
  const form = useForm({
    initial: {
      who: (practitionerId ? 'ONE' : 'CLINIC') as 'ONE' | 'CLINIC',
      practitioner: null as Bookable | null,
      length: 'DAYS' as 'DAYS' | 'PART',
      firstDay: '',
      lastDay: '',
      startsAt: '09:00',
      endsAt: '13:00',
      reason: '',
    },
    labels,
    async send({ who, practitioner, length, reason, ...typed }) {
      const [first, last] = [readTypedDate(typed.firstDay), readTypedDate(typed.lastDay || typed.firstDay)];
      const [start, end] = [readClock(typed.startsAt), readClock(typed.endsAt)];
      const isPart = length === 'PART';
      const wrong = (name: string, message: string): Problem => ({ path: [name], code: 'BAD_FORMAT', message });
      const id = practitionerId ?? practitioner?.id;
      const problems = [
        ...(who === 'CLINIC' || id ? [] : [{ path: ['practitioner'], code: 'NOT_CHOSEN', message: '' }]),
        ...(first?.precision === 'DAY' ? [] : [wrong('firstDay', t(typed.firstDay ? 'problem.BAD_DATE' : 'problem.REQUIRED'))]),
        ...(isPart || !typed.lastDay || last?.precision === 'DAY' ? [] : [wrong('lastDay', t('problem.BAD_DATE'))]),
        ...(!isPart || start ? [] : [wrong('startsAt', t('practitioner.notTime'))]),
        ...(!isPart || end ? [] : [wrong('endsAt', t('practitioner.notTime'))]),
      ];
      if (!first || !last || problems.length > 0) throw new ApiError('INVALID', '', problems);
      const { createTimeOff } = await create({
        input: {
          ...(who === 'ONE' && { practitionerId: id }),
          ...(isPart
            ? { startsAt: instantOf(first.date, start ?? '', clinic.timeZone), endsAt: instantOf(first.date, end ?? '', clinic.timeZone) }
            : { days: { from: first.date, until: addDays(last.date, 1) } }),
          reason: reason.trim() || null,
        },
      });
      if (createTimeOff) setCreated(createTimeOff.timeOff.id);
      onDone();
    },
  });
  const text = (name: 'firstDay' | 'lastDay' | 'startsAt' | 'endsAt' | 'reason') => ({
    label: t(labels[name]),
    name,
    value: form.values[name],
    onChange: (value: string) => form.set(name, value),
    mistake: form.mistakes[name],
  });
  if (created) {
    return (
      <Dialog title={t('practitioner.timeOffSaved')} onClose={onClose} size="small">
        <div className="grid gap-4 px-6 py-4">
          {isDesk ? <VisitsWithinTimeOff timeOffId={created} /> : <p>{t('practitioner.touchedHidden')}</p>}
          <DialogFooter>
            <Button kind="main" onPress={onClose} autoFocus>
              {t('common.close')}
            </Button>
          </DialogFooter>
        </div>
      </Dialog>
    );
  }
  const isPart = form.values.length === 'PART';
  return (
    <FormDialog title={t('practitioner.newTimeOff')} form={form} send={t('practitioner.add')} onClose={onClose}>
      {!practitionerId && (
        <SelectField
          name="who"
          label={t('practitioner.who')}
          value={form.values.who}
          onChange={(who) => form.set('who', who)}
          choices={[
            { value: 'CLINIC', label: t('practitioner.clinic') },
            { value: 'ONE', label: t('practitioner.one') },
          ]}
        />
      )}
      {!practitionerId && form.values.who === 'ONE' && (
        <PractitionerField
          name="practitioner"
          label={t('practitioner.one')}
          practitioner={form.values.practitioner}
          onChoose={(practitioner) => form.set('practitioner', practitioner)}
          mistake={form.mistakes.practitioner}
          isRequired
        />
      )}
      <SelectField
        name="length"
        label={t('practitioner.length')}
        value={form.values.length}
        onChange={(length) => form.set('length', length)}
        choices={[
          { value: 'DAYS', label: t('practitioner.wholeDays') },
          { value: 'PART', label: t('practitioner.partOfDay') },
        ]}
      />
      <div className="grid grid-cols-2 gap-4 max-s:grid-cols-1">
        <DateField {...text('firstDay')} {...(isPart && { label: t('practitioner.onDay') })} isRequired autoFocus />
        {!isPart && <DateField {...text('lastDay')} />}
      </div>
      {isPart && (
        <div className="grid grid-cols-2 gap-4">
          <TextField {...text('startsAt')} inputMode="numeric" isRequired />
          <TextField {...text('endsAt')} inputMode="numeric" isRequired />
        </div>
      )}
      <TextField {...text('reason')} hint={t('practitioner.reasonHint')} />
    </FormDialog>
  );
}
