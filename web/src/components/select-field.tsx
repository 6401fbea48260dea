import { Check, ChevronDown } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { FieldErrorContext } from 'react-aria-components/FieldError';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select, SelectValue } from 'react-aria-components/Select';
import { ariaField, FieldHint, FieldLabel, FieldMistake, type FieldProps, inputClass } from './field';
import { optionClass, popoverClass } from './option';

export interface Choice<Value extends string> {
  value: Value;
  label: string;
}

interface Props<Value extends string> extends FieldProps {
  choices: readonly Choice<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
  placeholder?: string;
  /** Its place says what it is; the label is read out only. */
  isLabelHidden?: boolean;
}

/** One of a few. For many, with a search, there is ComboField. */
export function SelectField<Value extends string>({ label, hint, mistake, isRequired, name, choices, value, onChange, placeholder, isLabelHidden = false }: Props<Value>) {
  const wrong = { isInvalid: Boolean(mistake), validationErrors: mistake ? [mistake] : [], validationDetails: {} as ValidityState };
  return (
    <Select
      {...ariaField({ label, mistake, isRequired, name })}
      selectedKey={value}
      onSelectionChange={(key) => key !== null && onChange(key as Value)}
      placeholder={placeholder ?? ''}
    >
      <span className={isLabelHidden ? 'sr-only' : 'contents'}>
        <FieldLabel isRequired={isRequired}>{label}</FieldLabel>
      </span>
      <Button className={`${inputClass} justify-between text-start ${mistake ? 'border-danger shadow-[inset_3px_0_var(--danger)]' : ''}`}>
        <SelectValue className="truncate data-placeholder:text-ink-3" />
        <ChevronDown className="size-4 shrink-0 text-ink-3" aria-hidden="true" />
      </Button>
      {hint && <FieldHint>{hint}</FieldHint>}
      <FieldErrorContext value={wrong}>
        <FieldMistake />
      </FieldErrorContext>
      <Popover className={popoverClass}>
        <ListBox items={choices} className="outline-none">
          {(choice) => (
            <ListBoxItem id={choice.value} textValue={choice.label} className={optionClass}>
              {({ isSelected }) => (
                <>
                  <span className="flex-1">{choice.label}</span>
                  {isSelected && <Check className="size-4 text-accent-text" aria-hidden="true" />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
