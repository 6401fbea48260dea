import { Field } from './field';

/** A new password, twice. */
export function NewPassword({ mistakes }: { mistakes: Record<string, string> }) {
  return (
    <>
      <Field
        name="password"
        label="Password"
        hint="12 characters or more. Four words that have nothing to do with each other are good."
        mistake={mistakes.password}
        type="password"
        autoComplete="new-password"
      />
      <Field
        name="repeated"
        label="Password once more"
        mistake={mistakes.repeated}
        type="password"
        autoComplete="new-password"
      />
    </>
  );
}
