import { Icon, type IconName } from '../ui/icon';
import { type Readiness, useReadiness } from './readiness';

const shown: Record<Readiness, { icon: IconName; words: string }> = {
  checking: { icon: 'clock', words: 'Checking…' },
  ready: { icon: 'check', words: 'Ready' },
  unready: { icon: 'clock', words: 'Not ready: starting or stopping' },
  unreachable: { icon: 'cross', words: 'No answer from the server' },
};

/** The server's readiness as icon, word and tone, read out when it changes. */
export function ReadinessBadge() {
  const readiness = useReadiness();
  const { icon, words } = shown[readiness];
  return (
    <output className={`badge ${readiness}`}>
      <Icon name={icon} />
      {words}
    </output>
  );
}
