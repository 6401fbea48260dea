import { Dialog } from '../components/dialog';
import { type Key, useI18n } from '../lib/i18n';
import { useSession } from '../lib/session';
import { type Readiness, useReadiness } from './readiness';

const doors: { href: string; label: Key }[] = [
  { href: '/playground', label: 'shell.playground' },
  { href: '/schema.graphql', label: 'shell.schema' },
  { href: '/health', label: 'shell.health' },
  { href: '/licenses', label: 'shell.licences' },
];

const states: Record<Readiness, Key> = {
  checking: 'shell.checking',
  ready: 'shell.ready',
  unready: 'shell.unready',
  unreachable: 'shell.unreachable',
};

/** What this server is, whether it is ready, and its other doors. */
export default function About({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const { clinic } = useSession();
  const readiness = useReadiness();
  return (
    <Dialog title={t('shell.about')} onClose={onClose} size="small">
      <div className="grid gap-3 px-6 py-4">
        <p>{t('shell.what')}</p>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          <dt className="text-ink-3">{t('shell.clinic')}</dt>
          <dd>
            {clinic.name}, {clinic.timeZone}
          </dd>
          <dt className="text-ink-3">{t('shell.server')}</dt>
          <dd role="status">{t(states[readiness])}</dd>
        </dl>
        <ul className="flex flex-wrap gap-x-4 gap-y-2">
          {doors.map(({ href, label }) => (
            <li key={href}>
              <a className="inline-flex min-h-6 items-center text-accent-text underline underline-offset-2" href={href}>
                {t(label)}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
