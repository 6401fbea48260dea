import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useI18n } from '../lib/i18n';
import { IconButton } from './button';
import { cn } from './cn';

interface Props {
  title: string;
  /** Absent: only the dialogue's own buttons close it. */
  onClose?: () => void;
  size?: 'small' | 'medium' | 'large';
  /** `alertdialog` for what has to be answered. */
  role?: 'dialog' | 'alertdialog';
  /** Nothing is to be seen beside it. */
  isCover?: boolean;
  children: ReactNode;
}

const sizes = { small: 'max-w-[30rem]', medium: 'max-w-[40rem]', large: 'max-w-[58rem]' };

/** A window over the page, which cannot be used meanwhile; on a phone it fills the screen. Escape closes it. */
export function Dialog({ title, onClose, size = 'medium', role = 'dialog', isCover = false, children }: Props) {
  const { t } = useI18n();
  return (
    <ModalOverlay
      isOpen
      isDismissable={false}
      isKeyboardDismissDisabled={!onClose}
      onOpenChange={(isOpen) => !isOpen && onClose?.()}
      data-cover={isCover || undefined}
      className={cn(
        'at-once fixed inset-0 grid grid-cols-[minmax(0,1fr)] items-start justify-items-center overflow-auto px-4 pt-[9vh] pb-4 max-s:p-0',
        isCover ? 'z-50 bg-canvas' : 'z-40 bg-scrim',
      )}
    >
      <Modal className={cn('at-once w-full rounded-3 bg-raised shadow-3 max-s:min-h-full max-s:rounded-none', sizes[size])}>
        <AriaDialog role={role} className="outline-none">
          <header className="flex items-center gap-4 border-b border-line py-2 ps-6 pe-3 max-s:ps-4">
            <Heading slot="title" className="flex-1 text-title font-semibold">
              {title}
            </Heading>
            {onClose && <IconButton label={t('common.close')} icon={<X className="size-4" aria-hidden="true" />} onPress={onClose} />}
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The row of buttons at the end of a dialogue's form, the main one last. */
export function DialogFooter({ children }: { children: ReactNode }) {
  return (
    <footer className="-mx-6 mt-2 -mb-4 flex flex-wrap items-center justify-end gap-2 rounded-b-3 border-t border-line px-6 py-3 max-s:mx-0 max-s:px-0">
      {children}
    </footer>
  );
}
