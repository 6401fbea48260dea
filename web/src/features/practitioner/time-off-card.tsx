import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { Failed, Loading } from '../../components/states';
import { TimeOffDocument } from '../../gql/practitioner';
import { startOfDay } from '../../lib/clinic-day';
import { useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { useApiQuery } from '../../lib/use-api';
import { NewTimeOff } from './new-time-off';
import { CancelTimeOff, usePeriod } from './time-off-page';

/** When somebody is away, today and later. */
export function TimeOffCard({ practitionerId }: { practitionerId: string }) {
  const { t } = useI18n();
  const { may, clinic } = useSession();
  const period = usePeriod();
  const [isAdding, setIsAdding] = useState(false);
  const { data, error, isLoading, retry } = useApiQuery(TimeOffDocument, {
    first: 50,
    where: { practitionerId: { eq: practitionerId }, endsAt: { gte: startOfDay(clinic.today, clinic.timeZone) } },
  });
  const list = data?.timeOff.nodes;
  return (
    <Card
      title={t('practitioner.timeOff')}
      actions={
        may('createTimeOff') && (
          <Button isSmall icon={<Plus className="size-3.5" aria-hidden="true" />} onPress={() => setIsAdding(true)}>
            {t('practitioner.add')}
          </Button>
        )
      }
    >
      {error && !list && <Failed error={error} onRetry={retry} />}
      {isLoading && <Loading rows={2} />}
      {list?.length === 0 && <p className="px-4 pb-4 text-ink-2">{t('practitioner.noTimeOff')}</p>}
      <ul className="grid">
        {list?.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-4 py-2">
            <span className="min-w-0 flex-1">
              <span className="font-medium">{period(one)}</span>
              {one.reason && <span className="block text-small text-ink-2">{one.reason}</span>}
            </span>
            <CancelTimeOff timeOff={one} onDone={retry} />
          </li>
        ))}
      </ul>
      {isAdding && <NewTimeOff practitionerId={practitionerId} onClose={() => setIsAdding(false)} onDone={retry} />}
    </Card>
  );
}
