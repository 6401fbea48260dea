import { Component, type ReactNode } from 'react';
import { Banner } from '../components/banner';
import { Button } from '../components/button';
import { useI18n } from '../lib/i18n';

/** Shows a page, or that it broke: a mistake of ours, or a part of it that could not be loaded. The rest stays. */
export class Guard extends Component<{ children: ReactNode }, { hasBroken: boolean }> {
  override state = { hasBroken: false };

  static getDerivedStateFromError() {
    return { hasBroken: true };
  }

  override render() {
    return this.state.hasBroken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useI18n();
  return (
    <div className="p-4">
      <Banner tone="danger" title={t('shell.broken')}>
        <Button onPress={() => location.reload()}>{t('shell.reload')}</Button>
      </Banner>
    </div>
  );
}
