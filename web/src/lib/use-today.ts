import { useMinute } from './clock';
import { useFormats } from './format';
import { useSession } from './session';

/** The day that it is on the clinic's calendar, which goes on at midnight; of the past that is looked at the day of that. */
export function useToday(): string {
  const { isoDayOf } = useFormats();
  const { pastAt } = useSession();
  const minute = useMinute();
  return isoDayOf(pastAt ?? new Date(minute).toISOString());
}
