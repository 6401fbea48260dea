import { useI18n } from '../lib/i18n';
import { PersonName } from './person-name';

/** Who did something: a user by their name, or what acts without one. The API writes "system:import" for the server itself. */
export function ActorName({ actor, user }: { actor: string; user: { displayName: string } | null }) {
  const { t } = useI18n();
  if (user) return <PersonName>{user.displayName}</PersonName>;
  const [kind, detail] = actor.split(':', 2);
  if (actor === 'anonymous') return t('common.anonymous');
  if (kind !== 'system' && kind !== 'database') return actor;
  return (
    <>
      {t(`common.${kind}`)}
      {detail && <span lang="en">: {detail}</span>}
    </>
  );
}
