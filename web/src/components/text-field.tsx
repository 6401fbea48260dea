import type { ReactNode } from 'react';
import { FieldErrorContext } from 'react-aria-components/FieldError';
import { Group } from 'react-aria-components/Group';
import { Input } from 'react-aria-components/Input';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import { ariaField, FieldHint, FieldLabel, FieldMistake, type FieldProps, inputClass } from './field';

interface Props extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'password' | 'email' | 'tel' | 'search';
  /** Several lines. */
  rows?: number;
  icon?: ReactNode;
  /** Says what the value was understood as. */
  after?: ReactNode;
  autoComplete?: string;
  inputMode?: 'text' | 'numeric' | 'tel' | 'email';
  autoFocus?: boolean;
  placeholder?: string;
  onBlur?: () => void;
}

/** A text of one line, or of several. Its mistake is the form's: the field itself checks nothing. */
export function TextField({ label, hint, mistake, isRequired, name, rows, icon, after, placeholder = '', autoComplete = 'off', ...props }: Props) {
  const wrong = { isInvalid: Boolean(mistake), validationErrors: mistake ? [mistake] : [], validationDetails: {} as ValidityState };
  return (
    <AriaTextField {...props} {...ariaField({ label, mistake, isRequired, name })} {...(name && { name })} autoComplete={autoComplete}>
      <FieldLabel isRequired={isRequired}>{label}</FieldLabel>
      {rows ? (
        <TextArea rows={rows} className={`${inputClass} resize-y py-1.5`} placeholder={placeholder} />
      ) : (
        <Group className={inputClass} isInvalid={Boolean(mistake)}>
          {icon}
          <Input className="min-w-0 flex-1 bg-transparent py-1 outline-none" placeholder={placeholder} />
          {after}
        </Group>
      )}
      {hint && <FieldHint>{hint}</FieldHint>}
      <FieldErrorContext value={wrong}>
        <FieldMistake />
      </FieldErrorContext>
    </AriaTextField>
  );
}
