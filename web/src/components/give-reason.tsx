import type { ReactNode } from 'react';
import { Button } from './button';
import { Dialog, DialogFooter } from './dialog';
import { LeaveNotice } from './leave-notice';
import { MistakeSummary } from './mistake-summary';
import { TextField } from './text-field';
import { useForm } from '../lib/form';
import { ApiError } from '../lib/graphql';
import { useI18n } from '../lib/i18n';
import { useClosing } from '../lib/leave';

interface Props {
  title: string;
  /** What happens, before it does. */
  children: ReactNode;
  /** What the button says. */
  action: string;
  send: (reason: string) => Promise<void>;
  onClose: () => void;
}

/** Asks why, before something is done that needs a reason. */
export function GiveReason({ title, children, action, send, onClose }: Props) {
  const { t } = useI18n();
  const form = useForm({
    initial: { reason: '' },
    labels: { reason: 'common.reason' },
    async send({ reason }) {
      if (!reason.trim()) throw new ApiError('INVALID', '', [{ path: ['reason'], code: 'REQUIRED', message: t('problem.REQUIRED') }]);
      await send(reason.trim());
    },
  });
  const { isLeaving, close, stay } = useClosing({ ...form, isChanged: Boolean(form.values.reason.trim()) }, onClose);
  return (
    <Dialog title={title} size="small" onClose={close}>
      <form onSubmit={form.submit} method="post" noValidate className="grid gap-4 px-6 py-4 max-s:px-4">
        {isLeaving && <LeaveNotice onStay={stay} onLeave={onClose} />}
        {form.whole && <MistakeSummary mistakes={{}} whole={form.whole} />}
        <p className="text-body">{children}</p>
        <TextField
          name="reason"
          label={t('common.reason')}
          value={form.values.reason}
          onChange={(reason) => form.set('reason', reason)}
          mistake={form.mistakes.reason}
          isRequired
          autoFocus
        />
        <DialogFooter>
          <Button onPress={close}>{t('common.cancel')}</Button>
          <Button type="submit" kind="main" isPending={form.isSending}>
            {action}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
