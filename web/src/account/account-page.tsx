import type { ReactNode } from 'react';
import { TopBar } from '../ui/top-bar';

/** A page with one narrow card. */
export function AccountPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <TopBar />
      <main className="account">
        <h1>{title}</h1>
        <div className="card">{children}</div>
      </main>
    </>
  );
}
