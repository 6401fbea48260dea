import { Search } from 'lucide-react';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../components/button';
import { Page, PageHead } from '../../components/page-head';
import { Empty } from '../../components/states';
import { useI18n } from '../../lib/i18n';
import { useWindows } from '../../lib/windows';

/** Whose record is to be written: the search opens at once, and the form comes with the patient's banner. */
export default function ChoosePatientPage() {
  const { t } = useI18n();
  const open = useWindows();
  const [, navigate] = useLocation();
  const choose = () => open({ name: 'find', onChoose: (id) => navigate(`/patients/${id}/records/new`, { replace: true }) });
  // Once, as the page opens.
  useEffect(choose, []);
  return (
    <Page>
      <PageHead title={t('record.add')} />
      <Empty title={t('record.whose')}>
        <Button kind="main" icon={<Search className="size-4" aria-hidden="true" />} onPress={choose}>
          {t('record.selectPatient')}
        </Button>
      </Empty>
    </Page>
  );
}
