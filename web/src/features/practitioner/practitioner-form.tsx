import { FormDialog } from '../../components/form-dialog';
import { TextField } from '../../components/text-field';
import { toast } from '../../components/toasts';
import { CreatePractitionerDocument, type PractitionerQuery, UpdatePractitionerDocument } from '../../gql/practitioner';
import { useForm } from '../../lib/form';
import { useI18n } from '../../lib/i18n';
import { useApiMutation } from '../../lib/use-api';

interface Props {
  /** Absent: somebody new. */
  practitioner?: NonNullable<PractitionerQuery['practitioner']>;
  onClose: () => void;
  onDone: (id: string) => void;
}

const labels = {
  prefix: 'practitioner.prefix',
  givenName: 'practitioner.givenName',
  familyName: 'practitioner.familyName',
  specialty: 'practitioner.specialty',
} as const;

/** Who somebody is among the doctors. */
export function PractitionerForm({ practitioner, onClose, onDone }: Props) {
  const { t } = useI18n();
  const create = useApiMutation(CreatePractitionerDocument);
  const update = useApiMutation(UpdatePractitionerDocument);
  const form = useForm({
    initial: {
      prefix: practitioner?.prefix ?? '',
      givenName: practitioner?.givenName ?? '',
      familyName: practitioner?.familyName ?? '',
      specialty: practitioner?.specialty ?? '',
    },
    labels,
    async send(values) {
      const input = {
        prefix: values.prefix.trim() || null,
        givenName: values.givenName.trim() || null,
        familyName: values.familyName.trim() || null,
        specialty: values.specialty.trim() || null,
      };
      const id = practitioner
        ? (await update({ input: { ...input, practitionerId: practitioner.id, expectedVersion: practitioner.version } })).updatePractitioner?.practitioner.id
        : (await create({ input })).createPractitioner?.practitioner.id;
      if (!id) return;
      toast(t('practitioner.saved'));
      onClose();
      onDone(id);
    },
  });
  const text = (name: keyof typeof labels) => ({
    label: t(labels[name]),
    name,
    value: form.values[name],
    onChange: (value: string) => form.set(name, value),
    mistake: form.mistakes[name],
  });
  return (
    <FormDialog
      title={t(practitioner ? 'practitioner.particulars' : 'practitioner.new')}
      form={form}
      send={t(practitioner ? 'practitioner.save' : 'practitioner.add')}
      size="medium"
      onClose={onClose}
    >
      <div className="grid grid-cols-[6rem_1fr_1fr] gap-4 max-s:grid-cols-1">
        <TextField {...text('prefix')} placeholder={t('practitioner.prefixHint')} />
        <TextField {...text('givenName')} autoFocus />
        <TextField {...text('familyName')} isRequired />
      </div>
      <TextField {...text('specialty')} />
    </FormDialog>
  );
}
