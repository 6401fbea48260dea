import { Check } from 'lucide-react';
import { Checkbox as AriaCheckbox, type CheckboxProps } from 'react-aria-components/Checkbox';

interface Props extends Omit<CheckboxProps, 'children' | 'className' | 'style'> {
  children: string;
}

export function Checkbox({ children, ...props }: Props) {
  return (
    <AriaCheckbox {...props} className="group flex min-h-6 items-center gap-2 pointer-coarse:min-h-control">
      <span className="grid size-4 shrink-0 place-items-center rounded-1 border border-edge bg-surface group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent group-data-selected:border-accent group-data-selected:bg-accent">
        <Check className="hidden size-3.5 text-on-accent group-data-selected:block" strokeWidth={3} aria-hidden="true" />
      </span>
      {children}
    </AriaCheckbox>
  );
}
