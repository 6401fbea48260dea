const folded = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Whether all words that are sought stand in some of the texts, in whatever case. */
export function isFound(sought: string, texts: (string | null)[]): boolean {
  const all = folded(texts.filter(Boolean).join('\n'));
  return folded(sought)
    .split(/\s+/)
    .every((word) => all.includes(word));
}
