import { useFormats } from '../lib/format';
import { useI18n } from '../lib/i18n';
import { readTypedDate } from '../lib/typed-date';
import { TextField } from './text-field';

interface Props {
  label: string;
  /** As typed: readTypedDate reads it. */
  value: string;
  onChange: (value: string) => void;
  mistake?: string | undefined;
  hint?: string;
  isRequired?: boolean;
  autoFocus?: boolean;
  name?: string;
}

/** A date that is typed, as birth dates are known by heart; it says at once how it understood it, the month by name. */
export function DateField({ hint, ...props }: Props) {
  const { t } = useI18n();
  const { born } = useFormats();
  const read = readTypedDate(props.value);
  return (
    <TextField
      {...props}
      inputMode="text"
      hint={hint ?? t('common.dateHint')}
      after={
        <output className="shrink-0 text-small text-ink-2">
          {read ? born({ birthDate: read.date, birthDatePrecision: read.precision }) : ''}
        </output>
      }
    />
  );
}
