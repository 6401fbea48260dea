import { ArrowRight } from 'lucide-react';
import { Link } from 'wouter';
import { LinkedNamesDocument } from '../gql/patient';
import { useFormats } from '../lib/format';
import { type Key, useI18n } from '../lib/i18n';
import { useApiQuery } from '../lib/use-api';
import { ActorName } from './actor-name';

export interface Version {
  version: number;
  validFrom: string;
  actor: string;
  reason: string | null;
  user: { displayName: string } | null;
  changes: readonly { field: string; before: string | null; after: string | null }[];
}

interface Props {
  versions: readonly Version[];
  /** What the fields are called; one without a name is called as the API calls it. */
  fields: Partial<Record<string, Key>>;
  /** Words of values, by "field.VALUE". */
  values?: Partial<Record<string, Key>>;
  /** Where one sees everything as it was at an instant. */
  hrefAt: (instant: string) => string;
}

const isId = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function read(json: string | null): unknown {
  try {
    return json === null ? null : JSON.parse(json);
  } catch {
    return json;
  }
}

/** Who changed what, when and why, newest first. */
export function Versions({ versions, fields, values = {}, hrefAt }: Props) {
  const { t } = useI18n();
  const { dayOf, day, time } = useFormats();
  const linked = [
    ...new Set(versions.flatMap(({ changes }) => changes.flatMap(({ before, after }) => [read(before), read(after)]))),
  ].filter((value): value is string => typeof value === 'string' && isId.test(value));
  const { data } = useApiQuery(LinkedNamesDocument, { ids: linked.slice(0, 100) }, { pause: linked.length === 0, keepsOld: true });
  const words = (field: string, value: unknown): string => {
    if (value === null || value === '') return t('common.nothing');
    if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
    if (Array.isArray(value)) return value.map((one) => words(field, one)).join('; ');
    if (typeof value === 'object') return Object.values(value).filter(Boolean).map((one) => words(field, one)).join(', ');
    const text = String(value);
    const key = values[`${field}.${text}`];
    if (key) return t(key);
    if (isId.test(text)) {
      const node = data?.nodes.find((one) => one?.id === text);
      if (node && 'displayName' in node) return node.displayName;
      if (node && 'name' in node) return node.name;
      if (node && 'startsAt' in node) return `${dayOf(node.startsAt)}, ${time(node.startsAt)}`;
      return `… ${text.slice(-6)}`;
    }
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return day(text);
    if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return `${dayOf(text)}, ${time(text)}`;
    return text;
  };
  return (
    <ol className="grid">
      {versions.map(({ version, validFrom, actor, user, reason, changes }, i) => (
        <li
          key={`${version} ${validFrom}`}
          className="grid grid-cols-[13rem_minmax(0,1fr)] gap-x-6 gap-y-1 border-t border-line px-4 py-3 first:border-t-0 max-m:grid-cols-1"
        >
          <div>
            <p className="font-medium">
              {dayOf(validFrom)}, {time(validFrom)}
            </p>
            <p className="text-small text-ink-2"><ActorName actor={actor} user={user} /></p>
            <Link
              href={hrefAt(validFrom)}
              className="inline-flex min-h-6 items-center text-small text-accent-text underline underline-offset-2 print:hidden"
            >
              {t('history.lookThen')}
            </Link>
          </div>
          <div className="grid min-w-0 content-start gap-1">
            {reason && <p className="text-ink-2">{t('history.because', { reason })}</p>}
            {changes.length === 0 && <p className="text-ink-2">{t('history.onlyRelated')}</p>}
            <dl className="grid gap-1">
              {changes.map(({ field, before, after }) => (
                <div key={field} className="grid grid-cols-[9rem_minmax(0,1fr)] gap-x-3 max-s:grid-cols-1">
                  <dt className="text-ink-3">{fields[field] ? t(fields[field]) : field}</dt>
                  <dd className="min-w-0 whitespace-pre-line">
                    {before !== null && (
                      <>
                        <del className="text-ink-2 line-through">
                          <span className="sr-only">{t('history.before')} </span>
                          {words(field, read(before))}
                        </del>{' '}
                        <ArrowRight className="inline size-3.5 text-ink-3" aria-hidden="true" />{' '}
                      </>
                    )}
                    <ins className="font-medium no-underline">
                      {i < versions.length - 1 && <span className="sr-only">{t('history.after')} </span>}
                      {words(field, read(after))}
                    </ins>
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        </li>
      ))}
    </ol>
  );
}
