import type { ReactNode } from 'react';

/** What a page is called, how many there are, and what can be done. */
export function PageHead({ title, count, children }: { title: string; count?: string | undefined; children?: ReactNode }) {
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <h1 className="text-page font-semibold tracking-tight">
        {title}
        {count && <span className="ms-2 font-normal text-ink-3">{count}</span>}
      </h1>
      <div className="ms-auto flex flex-wrap items-center gap-2">{children}</div>
    </header>
  );
}

/** The room that a page stands in. */
export function Page({ children }: { children: ReactNode }) {
  return <div className="mx-auto grid w-full max-w-[90rem] gap-4 p-4 max-s:gap-3 max-s:px-0">{children}</div>;
}
