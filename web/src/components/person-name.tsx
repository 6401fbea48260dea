/** A name as it is written, in its own language to whoever hears it. */
export function PersonName({ children }: { children: string }) {
  return /[\u10A0-\u10FF]/.test(children) ? <span lang="ka">{children}</span> : <>{children}</>;
}
