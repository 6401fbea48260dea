import { useId } from 'react';
import type { Choice } from './select-field';

interface Props<Value extends string> {
  label: string;
  name: string;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  autoFocus?: boolean;
}

/** One of a few that are all in sight; the arrows choose, and Enter sends the form. */
export function RadioField<Value extends string>({ label, name, choices, value, onChange, autoFocus = false }: Props<Value>) {
  const group = useId();
  return (
    <fieldset data-field={name} className="grid gap-1">
      <legend className="mb-1 text-small font-medium text-ink-2">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className="flex min-h-7 cursor-pointer items-center gap-2 rounded-2 px-1 hover:bg-hover pointer-coarse:min-h-control">
          <input
            type="radio"
            name={group}
            className="size-4 rounded-full accent-(--accent)"
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
            autoFocus={autoFocus && choice.value === value}
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
