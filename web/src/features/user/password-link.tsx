import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { Dialog, DialogFooter } from '../../components/dialog';
import { SecretBox } from '../../components/secret-box';
import { useFormats } from '../../lib/format';
import { useI18n } from '../../lib/i18n';

interface Props {
  name: string;
  link: { token: string; expiresAt: string };
  onClose: () => void;
}

/** The link with which somebody sets a password, shown once. Only its own button closes the window. */
export function PasswordLink({ name, link, onClose }: Props) {
  const { t } = useI18n();
  const { dayOf, time } = useFormats();
  return (
    <Dialog title={t('user.linkFor', { name })} size="small">
      <div className="grid gap-4 px-6 py-4">
        <Banner tone="warn" title={t('user.linkOnce', { when: `${dayOf(link.expiresAt)}, ${time(link.expiresAt)}` })} />
        <SecretBox label={t('user.link')} secret={`${location.origin}/password-link#${link.token}`} />
        <DialogFooter>
          <Button kind="main" onPress={onClose}>
            {t('common.close')}
          </Button>
        </DialogFooter>
      </div>
    </Dialog>
  );
}
