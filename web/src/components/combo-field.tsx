import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { TriangleAlert } from 'lucide-react';
import { useI18n } from '../lib/i18n';
import { cn } from './cn';
import type { FieldProps } from './field';

export interface ComboItem {
  id: string;
  /** The line in the list; `lineId` is its id in the page. */
  line: (lineId: string, isCurrent: boolean, choose: () => void) => ReactNode;
}

interface Props extends FieldProps {
  typed: string;
  onType: (typed: string) => void;
  items: readonly ComboItem[];
  onChoose: (id: string) => void;
  /** The items are those of what is typed. Enter waits for them. */
  isCurrent: boolean;
  /** Opens as soon as one comes into it: the list is short. */
  opensOnFocus?: boolean;
  icon?: ReactNode;
  placeholder?: string;
  autoFocus?: boolean;
  /** Below the list: that nothing was found, or that it failed. */
  note?: ReactNode;
  /** Below the field: who was chosen. */
  children?: ReactNode;
}

/** A field that finds what is typed: arrows choose, Enter takes, Escape closes the list. For a few choices there is SelectField. */
export function ComboField(props: Props) {
  const { label, hint, mistake, isRequired, name, typed, onType, items, onChoose, isCurrent, opensOnFocus = false } = props;
  const { t } = useI18n();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  // By id: what comes in while one chooses must not move the choice to something else.
  const [chosen, setChosen] = useState('');
  const [isEntered, setIsEntered] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const at = Math.max(items.findIndex((item) => item.id === chosen), 0);
  const isShown = isOpen && (items.length > 0 || Boolean(props.note));

  const choose = (item: ComboItem | undefined) => {
    if (!item) return;
    setIsOpen(false);
    setChosen('');
    onChoose(item.id);
  };
  useEffect(() => {
    if (!isEntered || !isCurrent) return;
    setIsEntered(false);
    choose(items[at]);
  });
  useEffect(() => {
    if (isShown) list.current?.querySelector('[aria-selected=true]')?.scrollIntoView?.({ block: 'nearest' });
  }, [isShown, at]);

  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      setIsEntered(false);
      if (isOpen) setChosen(items[(at + (event.key === 'ArrowDown' ? 1 : items.length - 1)) % (items.length || 1)]?.id ?? '');
      setIsOpen(true);
    } else if (event.key === 'Enter' && isOpen && (items.length > 0 || !isCurrent)) setIsEntered(true);
    else if (event.key === 'Escape' && isShown) {
      setIsOpen(false);
      event.stopPropagation();
    } else return;
    event.preventDefault();
  };
  return (
    <div data-field={name} data-invalid={mistake ? true : undefined} className="relative grid min-w-0 content-start gap-1">
      <label htmlFor={id} className="text-small font-medium text-ink-2">
        {label}
        {isRequired && (
          <span className="text-danger-text" aria-hidden="true">
            {' *'}
          </span>
        )}
      </label>
      <div
        className={cn(
          'flex min-h-control w-full min-w-0 items-center gap-2 rounded-2 border bg-surface px-2 text-body focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent',
          mistake ? 'border-danger shadow-[inset_3px_0_var(--danger)]' : 'border-edge',
        )}
      >
        {props.icon}
        <input
          id={id}
          role="combobox"
          aria-required={isRequired}
          aria-invalid={mistake ? true : undefined}
          aria-expanded={isShown}
          aria-controls={isShown ? `${id}-list` : undefined}
          aria-activedescendant={isShown && items.length > 0 ? `${id}-${at}` : undefined}
          aria-autocomplete="list"
          aria-describedby={cn(mistake && `${id}-mistake`, hint && `${id}-hint`, props.children !== undefined && `${id}-more`) || undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          autoFocus={props.autoFocus}
          value={typed}
          placeholder={props.placeholder}
          onChange={(event) => {
            onType(event.target.value);
            setIsOpen(true);
            setChosen('');
            setIsEntered(false);
          }}
          onFocus={() => opensOnFocus && setIsOpen(true)}
          onClick={() => setIsOpen(true)}
          // An Enter that waits for its answer still counts: whoever types fast has gone on meanwhile.
          onBlur={() => setIsOpen(false)}
          onKeyDown={press}
          className="min-w-0 flex-1 bg-transparent py-1 outline-none"
        />
      </div>
      {hint && (
        <p id={`${id}-hint`} className="text-small text-ink-3">
          {hint}
        </p>
      )}
      {mistake && (
        <p id={`${id}-mistake`} className="flex items-start gap-1.5 text-small font-medium text-danger-text">
          <TriangleAlert className="mt-px size-3.5 shrink-0" aria-hidden="true" />
          {mistake}
        </p>
      )}
      {props.children && <div id={`${id}-more`}>{props.children}</div>}
      {isShown && (
        // The field keeps the focus: pressing a line must not take it away.
        <div
          onMouseDown={(event) => event.preventDefault()}
          className="absolute inset-x-0 top-[calc(1rem+var(--control)+0.75rem)] z-10 max-h-80 overflow-auto rounded-2 border border-line-2 bg-raised p-1 shadow-2"
        >
          <div ref={list} id={`${id}-list`} role="listbox" aria-label={label} className={cn(items.length === 0 && 'hidden')}>
            {items.map((item, i) => item.line(`${id}-${i}`, i === at, () => choose(item)))}
          </div>
          {props.note}
        </div>
      )}
      <span role="status" className="sr-only">
        {isShown && isCurrent && items.length > 0 && t('common.choices', { count: items.length })}
      </span>
    </div>
  );
}
