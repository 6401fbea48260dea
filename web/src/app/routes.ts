import { Building2, CalendarDays, ClipboardList, FileText, type LucideIcon, ScrollText, Settings, Stethoscope, UserCog, Users } from 'lucide-react';
import type { ComponentType } from 'react';
import { type Key, withTexts } from '../lib/i18n';
import { lazyPart } from '../lib/lazy-part';
import type { Session } from '../lib/session';

/** A page of the application. Its address stands in paths.json too: the server answers those with the application. */
export interface Route {
  /** As in paths.json. */
  path: string;
  /** Loaded when it is first opened. */
  page: ComponentType<{ params: Record<string, string> }>;
  /** For whom it is; for others there is no such page. */
  isFor: (session: Session) => boolean;
  /** Its place in the main navigation, if it has one: in the order of this list. */
  tab?: { label: Key; icon: LucideIcon };
  /** Whose navigation has it; others find it in the menu of their name. Absent: all for whom it is. */
  isTabFor?: (session: Session) => boolean;
}

const everybody = () => true;
const desk = (session: Session) => session.isDesk;
const charts = (session: Session) => session.readsCharts;
const admins = ({ viewer }: Session) => viewer.role === 'ADMIN';
const nobody = () => false;
const staff = (session: Session) => session.isDesk || admins(session);

const chartPage = lazyPart(() => import('./chart-page'));

/** Every page. A new one: a line here, and its address in paths.json. */
export const routes: Route[] = [
  { path: '/', page: lazyPart(() => import('./home-page')), isFor: everybody, tab: { label: 'shell.today', icon: CalendarDays } },
  {
    path: '/patients',
    page: lazyPart(() => import('../features/patient/patients-page')),
    isFor: desk,
    tab: { label: 'shell.patients', icon: Users },
  },
  { path: '/patients/{id}', page: chartPage, isFor: desk },
  { path: '/patients/{id}/records', page: chartPage, isFor: charts },
  { path: '/patients/{id}/records/new', page: chartPage, isFor: charts },
  { path: '/patients/{id}/records/{record}', page: chartPage, isFor: charts },
  { path: '/patients/{id}/appointments', page: chartPage, isFor: desk },
  { path: '/patients/{id}/history', page: chartPage, isFor: desk },
  { path: '/patients/{id}/summary', page: chartPage, isFor: charts },
  {
    path: '/appointments',
    page: lazyPart(() => import('../features/appointment/appointments-page')),
    isFor: desk,
    tab: { label: 'shell.appointments', icon: ClipboardList },
  },
  {
    path: '/records',
    page: lazyPart(() => import('../features/record/records-page')),
    isFor: charts,
    tab: { label: 'shell.records', icon: FileText },
  },
  {
    path: '/practitioners',
    page: lazyPart(() => withTexts(import('../features/practitioner/practitioners-page'))),
    isFor: staff,
    tab: { label: 'shell.practitioners', icon: Stethoscope },
    isTabFor: admins,
  },
  { path: '/practitioners/time-off', page: lazyPart(() => withTexts(import('../features/practitioner/time-off-page'))), isFor: staff },
  { path: '/practitioners/{id}', page: lazyPart(() => withTexts(import('../features/practitioner/practitioner-page'))), isFor: staff },
  { path: '/users', page: lazyPart(() => withTexts(import('../features/user/users-page'))), isFor: admins, tab: { label: 'shell.users', icon: UserCog } },
  { path: '/users/{id}', page: lazyPart(() => withTexts(import('../features/user/user-page'))), isFor: admins },
  { path: '/audit', page: lazyPart(() => withTexts(import('../features/audit/audit-page'))), isFor: admins, tab: { label: 'shell.audit', icon: ScrollText } },
  { path: '/audit/glass', page: lazyPart(() => withTexts(import('../features/audit/glass-page'))), isFor: admins },
  {
    path: '/clinic',
    page: lazyPart(() => withTexts(import('../features/clinic/clinic-page'))),
    isFor: staff,
    tab: { label: 'shell.clinic', icon: Building2 },
    isTabFor: admins,
  },
  { path: '/clinic/appointment-types', page: lazyPart(() => withTexts(import('../features/appointment-type/appointment-types-page'))), isFor: staff },
  { path: '/clinic/rooms', page: lazyPart(() => withTexts(import('../features/clinic/rooms-page'))), isFor: staff },
  {
    path: '/settings',
    page: lazyPart(() => withTexts(import('../features/settings/settings-page'))),
    isFor: everybody,
    tab: { label: 'shell.settings', icon: Settings },
    isTabFor: nobody,
  },
  { path: '/records/new', page: lazyPart(() => import('../features/record/choose-patient-page')), isFor: charts },
];

/** A path as the router writes it. */
export function pattern(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}
