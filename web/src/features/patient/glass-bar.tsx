import { LockOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../../components/button';
import { CloseGlassDocument, OpenGlassDocument } from '../../gql/patient';
import { errorWords } from '../../lib/form';
import { useFormats } from '../../lib/format';
import { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { retryAll } from '../../lib/retry';
import { useApiMutation, useApiQuery } from '../../lib/use-api';

/** Says that this chart is open because the glass was broken, until when, and closes it early. */
export function GlassBar({ patientId }: { patientId: string }) {
  const { t } = useI18n();
  const { time } = useFormats();
  const { data } = useApiQuery(OpenGlassDocument, {});
  const close = useApiMutation(CloseGlassDocument);
  const [failure, setFailure] = useState('');
  const glass = data?.viewer?.openGlass.find((one) => one.patientId === patientId);
  const closesAt = glass?.closesAt;
  useEffect(() => {
    if (!closesAt) return;
    // When the hour is over the chart is closed on the screen too.
    const timer = setTimeout(retryAll, Math.max(Date.parse(closesAt) - Date.now(), 0) + 1_000);
    return () => clearTimeout(timer);
  }, [closesAt]);
  const end = async () => {
    if (!glass) return;
    try {
      await close({ input: { glassAccessId: glass.id } });
      retryAll();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setFailure(errorWords(error, t));
    }
  };
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-danger bg-danger-soft px-4 py-2 [@media(max-height:30rem)]:py-0.5 print:border print:px-2"
    >
      <LockOpen className="size-4 shrink-0 text-danger-text" aria-hidden="true" />
      <p className="min-w-0 flex-1 basis-48">
        <b className="font-semibold">{closesAt ? t('glass.openUntil', { time: time(closesAt) }) : t('glass.open')}</b>{' '}
        <span className="[@media(max-height:30rem)]:hidden">{failure || t('glass.recorded')}</span>
      </p>
      {glass && (
        <span className="print:hidden">
          <Button isSmall onPress={() => void end()}>
            {t('glass.close')}
          </Button>
        </span>
      )}
    </div>
  );
}
