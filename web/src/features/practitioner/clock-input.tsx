import { clockOf, minuteOf, readClock } from './clock';
import { cn } from '../../components/cn';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  isWrong?: boolean;
}

const steps: Partial<Record<string, number>> = { ArrowUp: 15, ArrowDown: -15, PageUp: 60, PageDown: -60 };

/** A time of day, typed in any usual way. The arrows change it by a quarter of an hour, Page up and down by an hour. */
export function ClockInput({ label, value, onChange, isWrong = false }: Props) {
  return (
    <input
      aria-label={label}
      aria-invalid={isWrong || undefined}
      inputMode="numeric"
      autoComplete="off"
      maxLength={5}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={() => onChange(readClock(value) ?? value)}
      onKeyDown={(event) => {
        const step = steps[event.key];
        const read = readClock(value);
        if (!step || !read || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        onChange(clockOf(minuteOf(read) + step));
      }}
      className={cn(
        'h-7 w-14 rounded-1 border bg-surface px-1 text-center text-body tabular pointer-coarse:h-control pointer-coarse:w-16',
        isWrong ? 'border-danger' : 'border-edge',
      )}
    />
  );
}
