import { Button } from './button';
import { useI18n } from '../lib/i18n';

/** Which page of a list is asked for: by cursor from either side. */
export interface PageOf {
  first?: number;
  after?: string;
  last?: number;
  before?: string;
}

export const pageSize = 50;
export const firstPage: PageOf = { first: pageSize };

interface Props {
  info: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  onGo: (page: PageOf) => void;
}

/** To the next page and back; absent when there is only one. */
export function Pager({ info, onGo }: Props) {
  const { t } = useI18n();
  if (!info.hasNextPage && !info.hasPreviousPage) return null;
  const go = (page: PageOf) => {
    onGo(page);
    scrollTo({ top: 0 });
  };
  return (
    <nav aria-label={t('common.pages')} className="flex justify-end gap-2 border-t border-line px-4 py-2">
      <Button isSmall isDisabled={!info.hasPreviousPage} onPress={() => go({ last: pageSize, before: info.startCursor ?? '' })}>
        {t('common.previous')}
      </Button>
      <Button isSmall isDisabled={!info.hasNextPage} onPress={() => go({ first: pageSize, after: info.endCursor ?? '' })}>
        {t('common.next')}
      </Button>
    </nav>
  );
}
