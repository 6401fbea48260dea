import { ListFilter } from 'lucide-react';
import { Button } from '../../components/button';
import { KeyCap } from '../../components/key-cap';
import { SelectField } from '../../components/select-field';
import { TextField } from '../../components/text-field';
import type { PatientWhere, Sex } from '../../gql/patient';
import { useI18n } from '../../lib/i18n';

export interface Filters {
  name: string;
  sex: Sex | 'ANY';
  age: 'ANY' | 'CHILD' | 'ADULT' | 'OLD';
  isArchived: 'NO' | 'YES';
}

export const noFilters: Filters = { name: '', sex: 'ANY', age: 'ANY', isArchived: 'NO' };

/** The day on which whoever was born then becomes so old today. */
function bornYearsAgo(years: number, today: string): string {
  const day = new Date(`${today}T00:00Z`);
  day.setUTCFullYear(day.getUTCFullYear() - years);
  // The day after: who has the birthday today is that old already.
  return new Date(day.getTime() + 86_400_000).toISOString().slice(0, 10);
}

/** The filters as the API takes them. Each word has to begin a name or a record number. */
export function whereOf({ name, sex, age, isArchived }: Filters, today: string): PatientWhere {
  const words = name.trim().split(/\s+/).filter(Boolean).slice(0, 5);
  const adult = bornYearsAgo(18, today);
  const old = bornYearsAgo(65, today);
  const ages = { ANY: undefined, CHILD: { gte: adult }, ADULT: { gte: old, lt: adult }, OLD: { lt: old } };
  return {
    ...(words.length > 0 && {
      and: words.map((startsWith) => ({ or: [{ familyName: { startsWith } }, { givenName: { startsWith } }, { mrn: { startsWith } }] })),
    }),
    ...(sex !== 'ANY' && { sex: { eq: sex } }),
    ...(ages[age] && { birthDate: ages[age] }),
    ...(isArchived === 'YES' && { isArchived: true }),
  };
}

export function PatientFilters({ filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void }) {
  const { t } = useI18n();
  const sexes: Sex[] = ['FEMALE', 'MALE', 'OTHER', 'UNKNOWN'];
  const isNarrowed = Object.entries(filters).some(([name, value]) => value !== noFilters[name as keyof Filters]);
  return (
    <div id="filters" className="flex flex-wrap items-end gap-3 border-b border-line p-4 [&>*]:max-s:flex-1 [&>*]:max-s:basis-32">
      <div className="w-72 max-s:basis-full!">
        <TextField
          label={t('patient.nameOrMrn')}
          type="search"
          value={filters.name}
          onChange={(name) => onChange({ ...filters, name })}
          icon={<ListFilter className="size-4 shrink-0 text-ink-3" aria-hidden="true" />}
          after={<KeyCap of="/" />}
        />
      </div>
      <div className="w-40">
        <SelectField
          label={t('patient.sex')}
          value={filters.sex}
          onChange={(sex) => onChange({ ...filters, sex })}
          choices={[{ value: 'ANY' as const, label: t('common.any') }, ...sexes.map((value) => ({ value, label: t(`patient.${value}`) }))]}
        />
      </div>
      <div className="w-40">
        <SelectField
          label={t('patient.age')}
          value={filters.age}
          onChange={(age) => onChange({ ...filters, age })}
          choices={(['ANY', 'CHILD', 'ADULT', 'OLD'] as const).map((value) => ({
            value,
            label: t(value === 'ANY' ? 'common.any' : `patient.${value}`),
          }))}
        />
      </div>
      <div className="w-40">
        <SelectField
          label={t('patient.listed')}
          value={filters.isArchived}
          onChange={(isArchived) => onChange({ ...filters, isArchived })}
          choices={[
            { value: 'NO', label: t('patient.current') },
            { value: 'YES', label: t('patient.archived') },
          ]}
        />
      </div>
      {isNarrowed && (
        <Button kind="quiet" onPress={() => onChange(noFilters)}>
          {t('common.clearFilters')}
        </Button>
      )}
    </div>
  );
}
