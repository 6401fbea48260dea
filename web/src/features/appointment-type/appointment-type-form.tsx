import { Checkbox } from '../../components/checkbox';
import { FormDialog } from '../../components/form-dialog';
import { TextField } from '../../components/text-field';
import { toast } from '../../components/toasts';
import { type AppointmentTypesQuery, CreateAppointmentTypeDocument, UpdateAppointmentTypeDocument } from '../../gql/appointment-type';
import { durationOf, minutesOf } from '../../lib/duration';
import { useForm } from '../../lib/form';
import { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { useApiMutation } from '../../lib/use-api';

export type AppointmentType = AppointmentTypesQuery['appointmentTypes']['nodes'][number];

interface Props {
  /** Absent: a new one. */
  type?: AppointmentType;
  onClose: () => void;
  onDone: () => void;
}

const labels = {
  name: 'appointmentType.name',
  length: 'appointmentType.lengthMinutes',
  bufferBefore: 'appointmentType.beforeMinutes',
  bufferAfter: 'appointmentType.afterMinutes',
  isActive: 'appointmentType.state',
} as const;
const lengths = ['length', 'bufferBefore', 'bufferAfter'] as const;

/** A type of visit with its length and pauses. */
export function AppointmentTypeForm({ type, onClose, onDone }: Props) {
  const { t } = useI18n();
  const create = useApiMutation(CreateAppointmentTypeDocument);
  const update = useApiMutation(UpdateAppointmentTypeDocument);
  const form = useForm({
    initial: {
      name: type?.name ?? '',
      length: String(type ? minutesOf(type.length) : 30),
      bufferBefore: String(type ? minutesOf(type.bufferBefore) : 0),
      bufferAfter: String(type ? minutesOf(type.bufferAfter) : 0),
      isActive: type?.isActive ?? true,
    },
    labels,
    async send(values) {
      const problems = lengths
        .filter((name) => !/^\d{1,4}$/.test(values[name].trim()))
        .map((name) => ({ path: [name], code: 'BAD_FORMAT', message: t('appointmentType.notNumber') }));
      if (problems.length > 0) throw new ApiError('INVALID', '', problems);
      const input = {
        name: values.name.trim(),
        length: durationOf(Number(values.length)),
        bufferBefore: durationOf(Number(values.bufferBefore)),
        bufferAfter: durationOf(Number(values.bufferAfter)),
      };
      if (type) await update({ input: { ...input, appointmentTypeId: type.id, expectedVersion: type.version, isActive: values.isActive } });
      else await create({ input });
      toast(t('appointmentType.saved'));
      onClose();
      onDone();
    },
  });
  const text = (name: 'name' | (typeof lengths)[number]) => ({
    label: t(labels[name]),
    name,
    value: form.values[name],
    onChange: (value: string) => form.set(name, value),
    mistake: form.mistakes[name],
  });
  return (
    <FormDialog
      title={type ? t('appointmentType.edit', { name: type.name }) : t('appointmentType.new')}
      form={form}
      send={t(type ? 'appointmentType.save' : 'appointmentType.add')}
      onClose={onClose}
    >
      <TextField {...text('name')} isRequired autoFocus />
      {lengths.map((name) => (
        <TextField key={name} {...text(name)} inputMode="numeric" isRequired />
      ))}
      {type && (
        <Checkbox isSelected={form.values.isActive} onChange={(isActive) => form.set('isActive', isActive)}>
          {t('appointmentType.retire')}
        </Checkbox>
      )}
    </FormDialog>
  );
}
