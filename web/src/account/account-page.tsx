import { type ReactNode, useEffect } from 'react';
import { LookSwitch } from '../ui/look-switch';
import { TopBar } from '../ui/top-bar';

/** A page with one narrow card. */
export function AccountPage({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · ClinicQL`;
  }, [title]);
  return (
    <>
      <TopBar>
        <LookSwitch />
      </TopBar>
      <main className="account">
        <h1>{title}</h1>
        <div className="card">{children}</div>
      </main>
    </>
  );
}
