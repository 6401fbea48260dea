import type { ReactNode } from 'react';
import type { FormState } from '../lib/form';
import { useI18n } from '../lib/i18n';
import { useClosing } from '../lib/leave';
import { Button } from './button';
import { Dialog, DialogFooter } from './dialog';
import { LeaveNotice } from './leave-notice';
import { MistakeSummary } from './mistake-summary';

interface Props {
  title: string;
  form: Pick<FormState<object>, 'mistakes' | 'whole' | 'isChanged' | 'isSending' | 'submit'>;
  /** What the button that sends it says. */
  send: string;
  /** The button ends something. */
  isDanger?: boolean;
  size?: 'small' | 'medium';
  onClose: () => void;
  children: ReactNode;
}

/** A form in a window: what is wrong at its head, its buttons at its foot, and leaving it changed asks first. */
export function FormDialog({ title, form, send, isDanger = false, size = 'small', onClose, children }: Props) {
  const { t } = useI18n();
  const { isLeaving, close, stay } = useClosing(form, onClose);
  return (
    <Dialog title={title} onClose={close} size={size}>
      <form onSubmit={form.submit} method="post" noValidate className="grid grid-cols-[minmax(0,1fr)] gap-4 px-6 py-4 max-s:px-4">
        {isLeaving && <LeaveNotice onStay={stay} onLeave={onClose} />}
        <MistakeSummary mistakes={form.mistakes} whole={form.whole} />
        {children}
        <DialogFooter>
          <Button onPress={close}>{t('common.cancel')}</Button>
          <Button type="submit" kind={isDanger ? 'danger' : 'main'} isPending={form.isSending}>
            {send}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
