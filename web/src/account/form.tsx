import { type FormEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { Icon } from '../ui/icon';
import { useI18n } from '../lib/i18n';
import { mistakesOf } from './mistakes';

interface Props {
  /** Gets the inputs' values by name. What it rejects with is shown; after it resolves the page goes elsewhere. */
  send: (values: Record<string, string>) => Promise<void>;
  button: string;
  children: (mistakes: Record<string, string>) => ReactNode;
}

/** A form that is sent once at a time, says what was wrong, and leads to the first input that was. */
export function Form({ send, button, children }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const isSending = useRef(false);
  const i18n = useI18n();
  const [failure, setFailure] = useState<{ error: unknown; inputs: string[] } | null>(null);
  const mistakes = failure ? mistakesOf(failure.error, failure.inputs, i18n) : { inputs: {}, whole: '' };
  const [isBusy, setIsBusy] = useState(false);

  // Before the words are painted: who types on at once types into the right input.
  useLayoutEffect(() => {
    form.current?.querySelector<HTMLInputElement>('[aria-invalid=true]')?.focus();
  }, [failure]);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isSending.current) return;
    const values: Record<string, string> = {};
    for (const [name, value] of new FormData(event.currentTarget)) values[name] = String(value);
    isSending.current = true;
    setIsBusy(true);
    setFailure(null);
    try {
      await send(values);
    } catch (error) {
      setFailure({ error, inputs: Object.keys(values) });
      setIsBusy(false);
      isSending.current = false;
    }
  };

  // Were the script to fail, the browser would send the form itself, and not in the address.
  return (
    <form ref={form} method="post" onSubmit={submit}>
      <div role="alert">
        {mistakes.whole && (
          <p className="notice danger">
            <Icon name="alert" />
            {mistakes.whole}
          </p>
        )}
      </div>
      {children(mistakes.inputs)}
      {/* A disabled button would lose the focus. */}
      <button className="button" type="submit" aria-disabled={isBusy}>
        {button}
      </button>
    </form>
  );
}
