/** A part of a text that stayed, came or went. */
export interface TextPart {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Above this many comparisons the middle of a text is told as one change. */
const most = 1_000_000;

function words(text: string): string[] {
  return text.match(/\s+|[^\s]+/g) ?? [];
}

/** What has become of a text, word by word; what went stands before what came in its place. */
export function textChanges(before: string, after: string): TextPart[] {
  const old = words(before);
  const now = words(after);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const parts: TextPart[] = [];
  const say = (kind: TextPart['kind'], text: string) => {
    const last = parts.at(-1);
    if (!text) return;
    if (last?.kind === kind) last.text += text;
    else parts.push({ kind, text });
  };
  say('same', old.slice(0, start).join(''));
  for (const { kind, text } of middle(old.slice(start, old.length - end), now.slice(start, now.length - end))) say(kind, text);
  say('same', old.slice(old.length - end).join(''));
  return swapped(parts);
}

/** By the longest common subsequence. */
function middle(old: string[], now: string[]): TextPart[] {
  const whole: TextPart[] = [
    { kind: 'removed', text: old.join('') },
    { kind: 'added', text: now.join('') },
  ];
  if (old.length === 0 || now.length === 0 || old.length * now.length > most) return whole;
  const width = now.length + 1;
  const longest = new Uint32Array((old.length + 1) * width);
  const at = (i: number, k: number) => longest[i * width + k] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let k = now.length - 1; k >= 0; k--) {
      longest[i * width + k] = old[i] === now[k] ? at(i + 1, k + 1) + 1 : Math.max(at(i + 1, k), at(i, k + 1));
    }
  }
  const parts: TextPart[] = [];
  let [i, k] = [0, 0];
  while (i < old.length || k < now.length) {
    if (i < old.length && k < now.length && old[i] === now[k]) {
      parts.push({ kind: 'same', text: old[i] ?? '' });
      i += 1;
      k += 1;
    } else if (i < old.length && (k === now.length || at(i + 1, k) >= at(i, k + 1))) {
      parts.push({ kind: 'removed', text: old[i] ?? '' });
      i += 1;
    } else {
      parts.push({ kind: 'added', text: now[k] ?? '' });
      k += 1;
    }
  }
  return parts;
}

/** A space between two changed words belongs to the change: "five old words" reads better struck as one than word by word. */
function swapped(parts: TextPart[]): TextPart[] {
  const told: TextPart[] = [];
  let [removed, added] = ['', ''];
  const flush = () => {
    if (removed) told.push({ kind: 'removed', text: removed });
    if (added) told.push({ kind: 'added', text: added });
    [removed, added] = ['', ''];
  };
  parts.forEach(({ kind, text }, i) => {
    const isBetween = kind === 'same' && /^\s+$/.test(text) && i > 0 && i < parts.length - 1;
    if (kind === 'removed' || isBetween) removed += text;
    if (kind === 'added' || isBetween) added += text;
    if (kind !== 'same' || isBetween) return;
    flush();
    told.push({ kind, text });
  });
  flush();
  return told;
}
