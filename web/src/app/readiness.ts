import { useEffect, useState } from 'react';

/** What is known of the server: `unready` has answered that it starts or stops, `unreachable` has not answered. */
export type Readiness = 'checking' | 'ready' | 'unready' | 'unreachable';

const every = 10_000;
const patience = 5_000;

/** Asks the server once whether it takes requests. It never rejects. */
export async function askReadiness(): Promise<Readiness> {
  try {
    const answer = await fetch('/health/ready', { cache: 'no-store', signal: AbortSignal.timeout(patience) });
    return answer.ok ? 'ready' : 'unready';
  } catch {
    return 'unreachable';
  }
}

/** Follows the server's readiness, asking every ten seconds while the page is in view. */
export function useReadiness(): Readiness {
  const [readiness, setReadiness] = useState<Readiness>('checking');
  useEffect(() => {
    let mounted = true;
    const ask = async () => {
      if (document.hidden) return;
      const answer = await askReadiness();
      if (mounted) setReadiness(answer);
    };
    void ask();
    const timer = setInterval(ask, every);
    document.addEventListener('visibilitychange', ask);
    return () => {
      mounted = false;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  }, []);
  return readiness;
}
