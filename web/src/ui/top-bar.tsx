import type { ReactNode } from 'react';
import logo from '../icon.svg';

/** The head of every page: the way to the start page, and what the page puts beside it. */
export function TopBar({ children }: { children?: ReactNode }) {
  return (
    <header className="bar">
      <a className="brand" href="/">
        <img src={logo} alt="" width="22" height="22" />
        ClinicQL
      </a>
      {children && <div>{children}</div>}
    </header>
  );
}
