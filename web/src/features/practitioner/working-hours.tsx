import { useState } from 'react';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { DateField } from '../../components/date-field';
import { LeaveNotice } from '../../components/leave-notice';
import { MistakeSummary } from '../../components/mistake-summary';
import { toast } from '../../components/toasts';
import { type PractitionerQuery, SetWorkingHoursDocument, type WorkingHoursInput } from '../../gql/practitioner';
import { useForm } from '../../lib/form';
import { useFormats } from '../../lib/format';
import { ApiError } from '../../lib/graphql';
import { localeOf, useI18n } from '../../lib/i18n';
import { useLeaveGuard } from '../../lib/leave';
import { useSession } from '../../lib/session';
import { readTypedDate } from '../../lib/typed-date';
import { useApiMutation } from '../../lib/use-api';
import { readClock } from './clock';
import { laterStarts, weekdays, weekdaysOf, weekOn, withWeek, workOf } from './week';
import { useWeekdayNames, WeekGrid } from './week-grid';

type Practitioner = NonNullable<PractitionerQuery['practitioner']>;

/** When somebody works in a week: what holds today, and what is planned from a later day on. */
export function WorkingHours({ practitioner, onSaved }: { practitioner: Practitioner; onSaved: () => void }) {
  const { clinic } = useSession();
  const [from, setFrom] = useState(clinic.today);
  const [saved, setSaved] = useState(0);
  const done = () => {
    setSaved(saved + 1);
    onSaved();
  };
  // What is typed belongs to these hours: saved, it begins anew with what the server has.
  return <Hours key={`${from} ${saved}`} practitioner={practitioner} from={from} onShow={setFrom} onSaved={done} />;
}

interface Props {
  practitioner: Practitioner;
  /** The day whose hours are shown. */
  from: string;
  onShow: (day: string) => void;
  onSaved: () => void;
}

function Hours({ practitioner, from, onShow, onSaved }: Props) {
  const { t, language } = useI18n();
  const { day } = useFormats();
  const { may, clinic } = useSession();
  const names = useWeekdayNames();
  const set = useApiMutation(SetWorkingHoursDocument);
  const [sent, setSent] = useState<readonly WorkingHoursInput[]>([]);
  const [before] = useState(practitioner.workingHours);
  const mayChange = may('setWorkingHours');
  const shownDay = from.split('-').reverse().join('-');
  const form = useForm({
    initial: { week: weekOn(before, from), validFrom: shownDay },
    labels: { week: 'practitioner.hours', validFrom: 'practitioner.validFrom' },
    async send({ week, validFrom }) {
      const start = readTypedDate(validFrom);
      const problems = weekdays
        .filter((weekday) => week[weekday].some((span) => !readClock(span.from) || !readClock(span.to)))
        .map((weekday) => ({ path: ['hours'], code: 'BAD_FORMAT', message: t('practitioner.unreadable', { day: names[weekday] }) }));
      if (start?.precision !== 'DAY') throw new ApiError('INVALID', '', [{ path: ['validFrom'], code: 'BAD_FORMAT', message: t('problem.BAD_DATE') }]);
      if (problems.length > 0) throw new ApiError('UNREADABLE', problems.map(({ message }) => message).join(' '));
      const hours = withWeek(before, start.date, week);
      setSent(hours);
      await set({ input: { practitionerId: practitioner.id, expectedVersion: practitioner.version, hours } });
      toast(t('practitioner.hoursSaved'));
      onSaved();
    },
  });
  useLeaveGuard(form.isChanged);
  // Other hours take the place of these in the form.
  const [asked, setAsked] = useState('');
  const show = (day: string) => (form.isChanged ? setAsked(day) : onShow(day));
  const { week } = form.values;
  const total = weekdays.reduce((sum, weekday) => sum + workOf(week[weekday]), 0) / 60;
  const wrong = weekdaysOf(sent, form.refusal?.problems ?? []);
  const said =
    form.refusal?.code === 'UNREADABLE'
      ? form.refusal.message
      : wrong.size > 0
        ? [...wrong].map((weekday) => t('practitioner.wrongDay', { day: names[weekday] })).join(' ')
        : form.whole;
  const [later] = laterStarts(before, from);
  return (
    <Card
      title={t('practitioner.hours')}
      actions={total > 0 && <span className="text-small text-ink-2 tabular">{t('practitioner.perWeek', { count: total.toLocaleString(localeOf[language]) })}</span>}
    >
      <form onSubmit={form.submit} method="post" noValidate>
        <div className="grid gap-3 px-4 pb-3 empty:hidden">
          {asked && <LeaveNotice onStay={() => setAsked('')} onLeave={() => onShow(asked)} />}
          {(said || form.mistakes.validFrom) && (
            <MistakeSummary mistakes={form.mistakes.validFrom ? { validFrom: form.mistakes.validFrom } : {}} whole={said} />
          )}
          {from !== clinic.today && (
            <Banner tone="info" title={t('practitioner.shown', { day: day(from) })}>
              <Button isSmall onPress={() => show(clinic.today)}>
                {t('practitioner.showNow')}
              </Button>
            </Banner>
          )}
          {later && (
            <Banner tone="info" title={t('practitioner.later', { day: day(later) })}>
              <Button isSmall onPress={() => show(later)}>
                {t('practitioner.showLater')}
              </Button>
            </Banner>
          )}
          {before.length === 0 && <p className="text-ink-2">{t('practitioner.noHours')}</p>}
        </div>
        <div className="border-t border-line">
          <WeekGrid week={week} wrong={wrong} onChange={mayChange ? (next) => form.set('week', next) : undefined} />
        </div>
        {mayChange && (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-b-3 border-t border-line px-4 py-3">
            <div className="w-72 max-w-full">
              <DateField
                name="validFrom"
                label={t('practitioner.validFrom')}
                hint={t('practitioner.validFromHint')}
                value={form.values.validFrom}
                onChange={(next) => form.set('validFrom', next)}
                mistake={form.mistakes.validFrom}
              />
            </div>
            <p className="min-w-0 flex-1 basis-48 text-small text-ink-3 max-s:hidden pointer-coarse:hidden">{t('practitioner.arrows')}</p>
            <span className="flex flex-wrap gap-2">
              {form.isChanged && (
                <Button
                  onPress={() => {
                    form.fill('week', weekOn(before, from));
                    form.fill('validFrom', shownDay);
                    form.settle();
                  }}
                >
                  {t('practitioner.reset')}
                </Button>
              )}
              <Button type="submit" kind="main" isPending={form.isSending}>
                {t('practitioner.saveHours')}
              </Button>
            </span>
          </div>
        )}
      </form>
    </Card>
  );
}
