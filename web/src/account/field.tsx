import { type InputHTMLAttributes, useId } from 'react';
import { Icon } from '../ui/icon';

interface Props extends InputHTMLAttributes<HTMLInputElement> {
  name: string;
  label: string;
  hint?: string;
  mistake: string | undefined;
}

/** A labelled input with what to know about it and what is wrong with it. */
export function Field({ label, hint, mistake, ...input }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        id={id}
        required
        spellCheck={false}
        autoCapitalize="none"
        aria-invalid={mistake ? true : undefined}
        aria-describedby={`${hint ? `${id}-hint ` : ''}${id}-mistake`}
        {...input}
      />
      <div className="mistake" id={`${id}-mistake`} aria-live="polite">
        {mistake && (
          <>
            <Icon name="alert" />
            {mistake}
          </>
        )}
      </div>
    </div>
  );
}
