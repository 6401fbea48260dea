import { useViewer } from '../lib/viewer';
import { Icon, type IconName } from '../ui/icon';
import { TopBar } from '../ui/top-bar';
import { ViewerBox } from '../ui/viewer-box';
import { FirstRequest } from './first-request';
import { ReadinessBadge } from './readiness-badge';

interface Door {
  path: string;
  name: string;
  icon: IconName;
  what: string;
}

const doors: Door[] = [
  {
    path: '/graphql',
    name: 'GraphQL endpoint',
    icon: 'endpoint',
    what: 'Where programs send operations, by POST. A browser that opens it is sent to the playground.',
  },
  {
    path: '/schema.graphql',
    name: 'Schema',
    icon: 'document',
    what: 'Every type, field and argument with its meaning: for code generation, and for reading.',
  },
  {
    path: '/health',
    name: 'Health',
    icon: 'pulse',
    what: 'Whether the server and its database work, for an orchestrator’s probes.',
  },
];

/** The first page: what this server is, whether it is ready, who is signed in, and its ways in. */
export function StartPage() {
  const [{ viewer }] = useViewer();
  return (
    <>
      <TopBar>
        <ReadinessBadge />
        <ViewerBox viewer={viewer} onSignedOut={() => location.reload()} />
      </TopBar>
      <main>
        <h1>A GraphQL server for clinics</h1>
        <p className="lead">
          Patients, appointments and medical records behind one endpoint: typed, checked, audited, and kept in
          Postgres.
        </p>
        <a className="button" href="/playground">
          <Icon name="terminal" />
          Open the playground
        </a>
        <nav aria-label="Ways in">
          <ul className="doors">
            {doors.map((door) => (
              <li key={door.path}>
                <a className="door" href={door.path}>
                  <span className="name">
                    <Icon name={door.icon} />
                    {door.name}
                  </span>
                  <code>{door.path}</code>
                  <span className="what">{door.what}</span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <FirstRequest />
      </main>
      <footer>
        <span>Apache-2.0</span>
        <a href="/licenses">Licences of the libraries in these pages</a>
      </footer>
    </>
  );
}
