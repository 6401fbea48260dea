import { PencilLine, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { Page, PageHead } from '../../components/page-head';
import { PersonName } from '../../components/person-name';
import { Empty, Failed, Loading } from '../../components/states';
import { toast } from '../../components/toasts';
import { PractitionerDocument, type PractitionerQuery, ReactivatePractitionerDocument } from '../../gql/practitioner';
import { errorWords } from '../../lib/form';
import { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { useApiMutation, useApiQuery } from '../../lib/use-api';
import { EndBookings } from './end-bookings';
import { PractitionerForm } from './practitioner-form';
import { ActiveBadge, PractitionerTabs } from './practitioners-page';
import { TimeOffCard } from './time-off-card';
import { VisitsOutsideHours } from './touched-visits';
import { WorkingHours } from './working-hours';

type Practitioner = NonNullable<PractitionerQuery['practitioner']>;

/** One doctor: when they work, when they are away, and who they are. */
export default function PractitionerPage({ params }: { params: Record<string, string> }) {
  const { t } = useI18n();
  const { isDesk } = useSession();
  const id = params.id ?? '';
  const { data, error, isLoading, retry } = useApiQuery(PractitionerDocument, { id });
  const [saves, setSaves] = useState(0);
  const practitioner = data?.practitioner;
  if (isLoading) return <Loading />;
  const isNobody = error?.problems.some(({ path }) => path[0] === 'id');
  if (error && !practitioner && !isNobody) return <Failed error={error} onRetry={retry} />;
  if (!practitioner) {
    return (
      <Page>
        <PageHead title={t('practitioner.noSuch')} />
        <Empty title={t('practitioner.noSuchWhy')} />
      </Page>
    );
  }
  return (
    <>
      <PractitionerTabs />
      <Page>
        <Head practitioner={practitioner} />
        <div className="grid grid-cols-[minmax(0,1fr)_22rem] items-start gap-4 max-m:grid-cols-[minmax(0,1fr)]">
          <div className="grid gap-4">
            {isDesk && <VisitsOutsideHours key={saves} practitionerId={id} />}
            <WorkingHours key={id} practitioner={practitioner} onSaved={() => setSaves(saves + 1)} />
          </div>
          <div className="grid gap-4">
            <TimeOffCard practitionerId={id} />
            <Particulars practitioner={practitioner} />
          </div>
        </div>
      </Page>
    </>
  );
}

/** Who it is, and what an administrator can do. */
function Head({ practitioner }: { practitioner: Practitioner }) {
  const { t } = useI18n();
  const { may } = useSession();
  const [open, setOpen] = useState<'edit' | 'end' | null>(null);
  const [failed, setFailed] = useState('');
  const reactivate = useApiMutation(ReactivatePractitionerDocument);
  const { id, version, isActive } = practitioner;
  const again = async () => {
    setFailed('');
    try {
      await reactivate({ input: { practitionerId: id, expectedVersion: version } });
      toast(t('practitioner.reactivated'));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setFailed(errorWords(error, t));
    }
  };
  const close = () => setOpen(null);
  return (
    <div className="grid gap-3 max-s:px-4">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="text-page font-semibold tracking-tight">
          <PersonName>{practitioner.displayName}</PersonName>
        </h1>
        {practitioner.specialty && <span className="text-body text-ink-2">{practitioner.specialty}</span>}
        <ActiveBadge isActive={isActive} />
        <span className="ms-auto flex flex-wrap gap-2">
          {may('updatePractitioner') && (
            <Button icon={<PencilLine className="size-4" aria-hidden="true" />} onPress={() => setOpen('edit')}>
              {t('practitioner.edit')}
            </Button>
          )}
          {isActive && may('deactivatePractitioner') && <Button onPress={() => setOpen('end')}>{t('practitioner.archive')}</Button>}
          {!isActive && may('reactivatePractitioner') && (
            <Button icon={<Undo2 className="size-4" aria-hidden="true" />} onPress={() => void again()}>
              {t('practitioner.reactivate')}
            </Button>
          )}
        </span>
      </header>
      {failed && <Banner tone="danger" title={failed} />}
      {open === 'edit' && <PractitionerForm practitioner={practitioner} onClose={close} onDone={() => {}} />}
      {open === 'end' && <EndBookings practitioner={practitioner} onClose={close} />}
    </div>
  );
}

function Particulars({ practitioner }: { practitioner: Practitioner }) {
  const { t } = useI18n();
  const { may } = useSession();
  const { identifiers, deactivationReason } = practitioner;
  return (
    <Card title={t('practitioner.particulars')}>
      <dl className="grid gap-2 px-4 pb-4">
        {deactivationReason && (
          <div>
            <dt className="text-small text-ink-3">{t('practitioner.inactive')}</dt>
            <dd>{deactivationReason}</dd>
          </div>
        )}
        <div>
          <dt className="text-small text-ink-3">{t('practitioner.identifiers')}</dt>
          {identifiers.length === 0 && <dd>{t('common.noneRecorded')}</dd>}
          {identifiers.map(({ system, value }) => (
            <dd key={`${system} ${value}`}>
              {value} <span className="text-small text-ink-3">{system}</span>
            </dd>
          ))}
        </div>
        {!may('updatePractitioner') && <p className="text-small text-ink-3">{t('practitioner.notYours')}</p>}
      </dl>
    </Card>
  );
}
