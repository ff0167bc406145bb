// What the form of the layers keeps, and how it becomes what the rules read. Pure.
import type { CalendarSection, RotaCadence, RotaLayer, Weekday } from '$lib/api';
import { dateIn } from '$lib/time';
import { ROLE } from './layout';

/** Hours as most layers have them: the same on some days of the week. */
export interface Hours {
  days: Weekday[];
  from: string;
  to: string;
}

export const ROLES = Object.entries(ROLE).map(([role, does]) => [role, does.charAt(0).toUpperCase() + does.slice(1)] as const);
export const CADENCE: [RotaCadence, string][] = [
  ['hourly', 'hours'],
  ['daily', 'days'],
  ['weekly', 'weeks'],
  ['monthly', 'months'],
];

/** A rotation that begins tomorrow at eight: nobody has to type a date that is right in most cases. Three people in turns of eight hours rest as they should. */
export const rotation = (name: string, tomorrow: string): RotaLayer => ({
  name,
  role: 'decision_owner',
  priority: 0,
  only: null,
  shifts: [],
  rotation: { start: `${tomorrow}T08:00`, zone: null, cadence: 'hourly', length: 8, people: [] },
});

export const single = (name: string): RotaLayer => ({ name, role: 'decision_owner', priority: 0, only: null, rotation: null, shifts: [] });

/** The next shift of a list: it begins where the last one ends. */
export function nextShift(shifts: RotaLayer['shifts'], from: number): RotaLayer['shifts'][number] {
  const last = shifts.at(-1);
  const begin = last ? new Date(last.to).getTime() : from;
  const length = last ? new Date(last.to).getTime() - new Date(last.from).getTime() : 8 * 3_600_000;
  return { person: '', role: last?.role ?? null, from: new Date(begin).toISOString(), to: new Date(begin + length).toISOString() };
}

/** The hours in a form; none where they say more than it can show, such as holidays or a break at noon. */
export function hoursOf(section: CalendarSection): Hours | undefined {
  const more = section.changes.length + section.holidays.length + Object.keys(section.exceptions).length + Object.keys(section.extra).length;
  const days = Object.entries(section.hours).filter(([, times]) => times.length);
  const [first] = days;
  const time = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(first?.[1][0] ?? '');
  if (more || !time || days.some(([, times]) => times.length !== 1 || times[0] !== first?.[1][0])) return undefined;
  return { days: days.map(([day]) => day as Weekday), from: time[1] ?? '', to: time[2] === '24:00' ? '00:00' : (time[2] ?? '') };
}

/** What the rules read. The end of a day is 24:00 to them, and 00:00 in a field for times. */
export function sectionOf(hours: Hours, zone: string | null = null): CalendarSection {
  const time = `${hours.from}-${hours.to === '00:00' ? '24:00' : hours.to}`;
  return { zone, changes: [], exceptions: {}, extra: {}, holidays: [], hours: Object.fromEntries(hours.days.map((day) => [day, [time]])) };
}

/** Hours that the form cannot show, in a line. */
export const hoursSaid = (section: CalendarSection): string =>
  Object.entries(section.hours)
    .map(([day, times]) => `${day} ${times.join(', ')}`)
    .join(' · ');

/** The day after, in a zone. */
export const dayAfter = (now: number, zone: string): string => dateIn(now + 86_400_000, zone);
