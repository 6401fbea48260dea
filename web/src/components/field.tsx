import { TriangleAlert } from 'lucide-react';
import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';

/** The looks of an input, at rest, in focus and wrong. */
export const inputClass =
  'flex min-h-control w-full min-w-0 items-center gap-2 rounded-2 border border-edge bg-surface px-2 text-body data-invalid:border-danger data-invalid:shadow-[inset_3px_0_var(--danger)] data-focus-within:outline-2 data-focus-within:outline-offset-1 data-focus-within:outline-accent data-focused:outline-2 data-focused:outline-offset-1 data-focused:outline-accent';

export function FieldLabel({ children, isRequired }: { children: string; isRequired?: boolean | undefined }) {
  return (
    <Label className="text-small font-medium text-ink-2">
      {children}
      {isRequired && (
        <span className="text-danger-text" aria-hidden="true">
          {' *'}
        </span>
      )}
    </Label>
  );
}

export function FieldHint({ children }: { children: string }) {
  return (
    <Text slot="description" className="text-small text-ink-3">
      {children}
    </Text>
  );
}

/** What is wrong with the value, in words beside it. */
export function FieldMistake() {
  return (
    <FieldError className="flex items-start gap-1.5 text-small font-medium text-danger-text">
      {({ validationErrors }) => (
        <>
          <TriangleAlert className="mt-px size-3.5 shrink-0" aria-hidden="true" />
          {validationErrors.join(' ')}
        </>
      )}
    </FieldError>
  );
}

/** What every field takes. */
export interface FieldProps {
  label: string;
  hint?: string | undefined;
  /** What the form says is wrong. */
  mistake?: string | undefined;
  isRequired?: boolean | undefined;
  /** Its name in the form: the summary of mistakes leads to it. */
  name?: string | undefined;
}

/** The server checks: the browser's own bubbles are neither in the page's language nor beside the field. */
export function ariaField({ mistake, isRequired, name }: FieldProps) {
  return {
    'data-field': name,
    // The control in it shows the focus.
    className: 'grid min-w-0 content-start gap-1 outline-none!',
    isInvalid: Boolean(mistake),
    isRequired: Boolean(isRequired),
    validationBehavior: 'aria' as const,
  };
}
