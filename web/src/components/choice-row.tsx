interface Props<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  choices: readonly { value: Value; label: string; lang?: string }[];
}

/** One of very few, all in view. The arrows go through them. */
export function ChoiceRow<Value extends string>({ label, value, onChange, choices }: Props<Value>) {
  return (
    <fieldset className="grid min-w-0 gap-1">
      <legend className="mb-1 text-small font-medium text-ink-2">{label}</legend>
      <div className="flex flex-wrap gap-1">
        {choices.map((choice) => (
          <label
            key={choice.value}
            lang={choice.lang}
            className="relative inline-flex min-h-control cursor-pointer items-center rounded-2 border border-line-2 bg-surface px-3 font-medium text-ink-2 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-checked:text-accent-text has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={label}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
