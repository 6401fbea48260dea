import { Plus, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { FieldErrorContext } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField } from 'react-aria-components/TextField';
import { Button, IconButton } from '../../components/button';
import { FieldMistake, inputClass } from '../../components/field';
import { type Key, useI18n } from '../../lib/i18n';
import { emptyLine, lineFields, type TypedLine } from './record-values';

const heads: Record<keyof TypedLine, Key> = {
  medicine: 'record.medicine',
  dose: 'record.dose',
  route: 'record.route',
  frequency: 'record.frequency',
  startsOn: 'record.from',
  endsOn: 'record.until',
};
const most = 20;
const columns =
  'grid grid-cols-[minmax(0,2.4fr)_minmax(0,1fr)_minmax(0,1fr)_minmax(0,1.2fr)_6.5rem_6.5rem_2rem] gap-2 max-m:grid-cols-3 max-m:pe-10 max-s:grid-cols-2';

interface Props {
  lines: readonly TypedLine[];
  onChange: (lines: readonly TypedLine[]) => void;
  /** What is wrong, by "place.field". */
  mistakes: Partial<Record<string, string>>;
}

/** What is prescribed, a medicine a line. Enter goes on to the next line; words alone are a prescription too. */
export function PrescriptionLines({ lines, onChange, mistakes }: Props) {
  const { t } = useI18n();
  const box = useRef<HTMLDivElement>(null);
  const shown = lines.length > 0 ? lines : [emptyLine];
  const focus = (i: number) => requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-line="${i}"] textarea`)?.focus());
  const set = (i: number, field: keyof TypedLine, value: string) => {
    // A list that is pasted is a medicine a line, as long as nothing else stands in this one.
    const pasted = field === 'medicine' && !shown[i]?.medicine ? value.split(/\r?\n/).filter((text) => text.trim()) : [];
    const now = pasted.length > 1 ? pasted.slice(0, most).map((medicine) => ({ ...emptyLine, medicine })) : [{ ...(shown[i] ?? emptyLine), [field]: value }];
    onChange(shown.toSpliced(i, 1, ...now).slice(0, most));
  };
  const add = (after: number) => {
    if (shown.length >= most) return;
    onChange(shown.toSpliced(after + 1, 0, emptyLine));
    focus(after + 1);
  };
  const remove = (i: number) => {
    onChange(shown.toSpliced(i, 1));
    focus(Math.max(i - 1, 0));
  };
  return (
    <div
      ref={box}
      role="group"
      aria-label={t('record.prescription')}
      data-field="lines"
      className="grid gap-2"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
        const line = (event.target as HTMLElement).closest<HTMLElement>('[data-line]');
        if (!line || !(event.target instanceof HTMLTextAreaElement)) return;
        event.preventDefault();
        const at = Number(line.dataset.line);
        if (at + 1 < shown.length) focus(at + 1);
        else if (shown[at]?.medicine.trim()) add(at);
      }}
    >
      <div className={`${columns} text-small font-medium text-ink-2 max-m:hidden`} aria-hidden="true">
        {lineFields.map((field) => (
          <span key={field}>{t(heads[field])}</span>
        ))}
      </div>
      {shown.map((line, i) => (
        <div
          // Lines have no other name than their place.
          key={i}
          data-line={i}
          className={`${columns} relative items-start max-m:rounded-2 max-m:border max-m:border-line max-m:bg-sunken max-m:p-2`}
        >
          {lineFields.map((field) => {
            const mistake = mistakes[`${i}.${field}`];
            const wrong = { isInvalid: Boolean(mistake), validationErrors: mistake ? [mistake] : [], validationDetails: {} as ValidityState };
            return (
              <TextField
                key={field}
                value={line[field]}
                onChange={(value) => set(i, field, value)}
                isInvalid={Boolean(mistake)}
                validationBehavior="aria"
                data-field={`${i}.${field}`}
                className={`grid min-w-0 content-start gap-1 ${field === 'medicine' ? 'max-m:col-span-full' : ''}`}
              >
                <Label className="text-small font-medium text-ink-2 m:sr-only">
                  {t(heads[field])} <span className="sr-only">{i + 1}</span>
                </Label>
                <TextArea rows={1} className={`${inputClass} field-sizing-content max-h-40 resize-none py-1 leading-[1.375rem]`} />
                <FieldErrorContext value={wrong}>
                  <FieldMistake />
                </FieldErrorContext>
              </TextField>
            );
          })}
          <span className="max-m:absolute max-m:end-1 max-m:top-1">
            <IconButton
              label={t('record.removeLine', { count: i + 1 })}
              icon={<Trash2 className="size-4" aria-hidden="true" />}
              onPress={() => remove(i)}
              isDisabled={lines.length === 0}
            />
          </span>
        </div>
      ))}
      <div className="flex flex-wrap items-center gap-3">
        <Button isSmall icon={<Plus className="size-3.5" aria-hidden="true" />} onPress={() => add(shown.length - 1)} isDisabled={shown.length >= most}>
          {t('record.addLine')}
        </Button>
        <span className="text-small text-ink-3">{t('record.prescriptionHint')}</span>
      </div>
    </div>
  );
}
