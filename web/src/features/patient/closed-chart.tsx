import { Lock } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { Button, buttonClass } from '../../components/button';
import { GiveReason } from '../../components/give-reason';
import { BreakTheGlassDocument } from '../../gql/patient';
import { useI18n } from '../../lib/i18n';
import { retryAll } from '../../lib/retry';
import { useSession } from '../../lib/session';
import { useApiMutation } from '../../lib/use-api';

/** A chart that is closed to whoever looks: why, what can be done, and what that entails. */
export function ClosedChart({ patientId, home }: { patientId: string; home: string }) {
  const { t } = useI18n();
  const { may, pastAt } = useSession();
  const breakGlass = useApiMutation(BreakTheGlassDocument);
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <section aria-label={t('glass.closed')} className="grid justify-items-center gap-4 rounded-3 border border-line bg-surface px-6 py-12 text-center max-s:rounded-none">
        <Lock className="size-8 text-ink-3" strokeWidth={1.25} aria-hidden="true" />
        <h2 className="text-title font-semibold">{t('glass.closed')}</h2>
        <p className="max-w-[56ch] text-body text-ink-2">{t(pastAt ? 'glass.closedThen' : 'glass.closedWhy')}</p>
        {pastAt ? (
          <Link href={home} className={buttonClass('main')}>
            {t('history.backToNow')}
          </Link>
        ) : (
          may('breakTheGlass') && <Button onPress={() => setIsAsking(true)}>{t('glass.break')}</Button>
        )}
      </section>
      {isAsking && (
        <GiveReason
          title={t('glass.breakTitle')}
          action={t('glass.breakIt')}
          onClose={() => setIsAsking(false)}
          send={async (reason) => {
            await breakGlass({ input: { patientId, reason } });
            setIsAsking(false);
            // All of the chart that was asked for while it was closed is asked for anew.
            retryAll();
          }}
        >
          {t('glass.breakWhy')}
        </GiveReason>
      )}
    </>
  );
}
