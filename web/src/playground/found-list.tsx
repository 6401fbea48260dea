import { type ReactNode, useDeferredValue, useState } from 'react';
import { isFound } from './is-found';

interface Props<Item> {
  items: Item[];
  /** What one looks for: "Find an example". */
  label: string;
  /** Where words are looked for. */
  textsOf: (item: Item) => (string | null)[];
  /** How many were found, in words. */
  found: (count: number) => string;
  none: string;
  entry: (item: Item) => ReactNode;
}

/** Entries of the library, to be found by words. */
export function FoundList<Item extends { id: string }>({ items, label, textsOf, found, none, entry }: Props<Item>) {
  const [words, setWords] = useState('');
  const sought = useDeferredValue(words);
  const shown = items.filter((item) => isFound(sought, textsOf(item)));
  return (
    <>
      <input type="search" aria-label={label} placeholder={label} value={words} onChange={(event) => setWords(event.target.value)} />
      <p className="count" role="status">
        {shown.length > 0 ? found(shown.length) : none}
      </p>
      <ul className="queries">
        {shown.map((item) => (
          <li key={item.id}>{entry(item)}</li>
        ))}
      </ul>
    </>
  );
}
