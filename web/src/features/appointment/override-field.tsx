import { Banner } from '../../components/banner';
import { TextField } from '../../components/text-field';
import { useI18n } from '../../lib/i18n';

interface Props {
  value: string;
  onChange: (why: string) => void;
  mistake?: string | undefined;
}

/** Asks why a rule of the calendar is to be broken, of whoever may break it. */
export function OverrideField({ value, onChange, mistake }: Props) {
  const { t } = useI18n();
  return (
    <Banner tone="warn" title={t('booking.overridable')}>
      <div className="w-full">
        <TextField name="overrideReason" label={t('booking.why')} isRequired value={value} mistake={mistake} onChange={onChange} />
      </div>
    </Banner>
  );
}
