import { SelectField } from '../../components/select-field';
import { useI18n } from '../../lib/i18n';
import type { Practitioner } from './practitioner-choice';

interface Props {
  all: readonly Practitioner[];
  value: string;
  onChange: (practitionerId: string) => void;
}

/** Whose week it is, or whose day on a phone. */
export default function PractitionerSelect({ all, value, onChange }: Props) {
  const { t } = useI18n();
  return (
    <SelectField
      label={t('appointment.practitioner')}
      isLabelHidden
      value={value}
      onChange={onChange}
      choices={all.map(({ id, displayName, specialty }) => ({ value: id, label: specialty ? `${displayName} · ${specialty}` : displayName }))}
    />
  );
}
