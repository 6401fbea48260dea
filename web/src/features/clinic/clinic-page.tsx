import { Button } from '../../components/button';
import { ClinicTabs } from '../../components/clinic-tabs';
import { MistakeSummary } from '../../components/mistake-summary';
import { Page, PageHead } from '../../components/page-head';
import { Failed, Loading } from '../../components/states';
import { TextField } from '../../components/text-field';
import { toast } from '../../components/toasts';
import { ClinicSettingsDocument, type ClinicSettingsQuery, UpdateClinicDocument } from '../../gql/clinic';
import { durationOf, minutesOf } from '../../lib/duration';
import { useForm } from '../../lib/form';
import { ApiError } from '../../lib/graphql';
import { useI18n } from '../../lib/i18n';
import { useLeaveGuard } from '../../lib/leave';
import { useSession } from '../../lib/session';
import { useApiMutation, useApiQuery } from '../../lib/use-api';

const labels = {
  name: 'clinic.name',
  timeZone: 'clinic.timeZone',
  undoPeriod: 'clinic.undoPeriod',
  cancellationNotice: 'clinic.cancellationNotice',
} as const;

/** What is set for the whole clinic. */
export default function ClinicPage() {
  const { t } = useI18n();
  const { may } = useSession();
  const { data, error, isLoading, retry } = useApiQuery(ClinicSettingsDocument, {});
  return (
    <>
      <ClinicTabs />
      <Page>
        <div className="max-s:px-4">
          <PageHead title={t('clinic.clinic')} />
        </div>
        <section aria-label={t('clinic.clinic')} className="max-w-[40rem] rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
          {error && !data && <Failed error={error} onRetry={retry} />}
          {isLoading && <Loading rows={4} />}
          {data && (may('updateClinic') ? <ClinicForm key={data.clinic.version} clinic={data.clinic} /> : <Settings clinic={data.clinic} />)}
        </section>
      </Page>
    </>
  );
}

type Clinic = ClinicSettingsQuery['clinic'];

function Settings({ clinic }: { clinic: Clinic }) {
  const { t } = useI18n();
  const rows = [
    [t('clinic.name'), clinic.name],
    [t('clinic.timeZone'), clinic.timeZone],
    [t('clinic.country'), clinic.country],
    [t('clinic.undoPeriod'), minutesOf(clinic.undoPeriod)],
    [t('clinic.cancellationNotice'), minutesOf(clinic.cancellationNotice) / 60],
  ] as const;
  return (
    <div className="grid gap-3 p-4">
      <dl className="grid gap-2">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt className="text-small text-ink-3">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="text-small text-ink-3">{t('clinic.notYours')}</p>
    </div>
  );
}

function ClinicForm({ clinic }: { clinic: Clinic }) {
  const { t } = useI18n();
  const update = useApiMutation(UpdateClinicDocument);
  const form = useForm({
    initial: {
      name: clinic.name,
      timeZone: clinic.timeZone,
      undoPeriod: String(minutesOf(clinic.undoPeriod)),
      cancellationNotice: String(minutesOf(clinic.cancellationNotice) / 60),
    },
    labels,
    async send({ name, timeZone, ...typed }) {
      const numbers = ['undoPeriod', 'cancellationNotice'] as const;
      const problems = numbers
        .filter((field) => !/^\d{1,4}$/.test(typed[field].trim()))
        .map((field) => ({ path: [field], code: 'BAD_FORMAT', message: t('clinic.notNumber') }));
      if (problems.length > 0) throw new ApiError('INVALID', '', problems);
      await update({
        input: {
          expectedVersion: clinic.version,
          name: name.trim(),
          timeZone: timeZone.trim(),
          undoPeriod: durationOf(Number(typed.undoPeriod)),
          cancellationNotice: durationOf(Number(typed.cancellationNotice) * 60),
        },
      });
      form.settle();
      toast(t('clinic.saved'));
    },
  });
  useLeaveGuard(form.isChanged);
  const text = (name: keyof typeof labels) => ({
    label: t(labels[name]),
    name,
    value: form.values[name],
    onChange: (value: string) => form.set(name, value),
    mistake: form.mistakes[name],
    isRequired: true,
  });
  return (
    <form onSubmit={form.submit} method="post" noValidate className="grid gap-4 p-4">
      <MistakeSummary mistakes={form.mistakes} whole={form.whole} />
      <TextField {...text('name')} />
      <TextField {...text('timeZone')} hint={t('clinic.timeZoneHint')} />
      <TextField {...text('undoPeriod')} inputMode="numeric" />
      <TextField {...text('cancellationNotice')} inputMode="numeric" />
      <div className="flex justify-end">
        <Button type="submit" kind="main" isPending={form.isSending}>
          {t('clinic.save')}
        </Button>
      </div>
    </form>
  );
}
