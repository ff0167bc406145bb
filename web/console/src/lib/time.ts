// The server's clock decides, also on screens: in a demonstration it is not the browser's.

let offset = 0;
const listeners = new Set<() => void>();

/** Calls back when the server's clock turns out to be another than was thought, by a second or more. */
export function onClockMoved(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Learns the server's time from a response header; anything that is not a time is ignored. */
export function noteServerTime(header: string | null, browser: number = Date.now()): void {
  if (!header) return;
  const server = Date.parse(header);
  if (!Number.isFinite(server)) return;
  const moved = Math.abs(server - browser - offset) >= 1000;
  offset = server - browser;
  if (moved) listeners.forEach((listener) => listener());
}

/** The present, in milliseconds, by the server's clock. */
export const serverNow = (browser: number = Date.now()): number => browser + offset;

/** The date (YYYY-MM-DD) of an instant in a time zone. */
export function dateIn(instant: number | string, zone: string): string {
  return parts(instant, zone).date;
}

interface ZoneParts {
  date: string;
  hour: number;
  minute: number;
  weekday: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string): Intl.DateTimeFormat {
  let found = formats.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      weekday: 'short',
      hourCycle: 'h23',
    });
    formats.set(zone, found);
  }
  return found;
}

/** The local parts of an instant in a zone. */
export function parts(instant: number | string, zone: string): ZoneParts {
  const found: Record<string, string> = {};
  for (const part of format(zone).formatToParts(new Date(instant))) found[part.type] = part.value;
  return {
    date: `${found.year}-${found.month}-${found.day}`,
    hour: Number(found.hour),
    minute: Number(found.minute),
    weekday: found.weekday ?? '',
  };
}

/** The instant at which a local date and time happen in a zone; in an hour that is skipped, the one after it. */
export function instantIn(date: string, hour: number, minute: number, zone: string): number {
  const wanted = Date.parse(`${date}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00Z`);
  let guess = wanted;
  for (let round = 0; round < 3; round += 1) {
    const seen = parts(guess, zone);
    const local = Date.parse(`${seen.date}T${String(seen.hour).padStart(2, '0')}:${String(seen.minute).padStart(2, '0')}:00Z`);
    if (local === wanted) break;
    guess += wanted - local;
  }
  return guess;
}

/** The date some days after another. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Choices for "not now": each with its instant, all after `now`. */
export function snoozeChoices(now: number, zone: string): { label: string; at: number }[] {
  const today = dateIn(now, zone);
  const choices = [
    { label: 'In 1 hour', at: now + 3_600_000 },
    { label: 'In 4 hours', at: now + 4 * 3_600_000 },
    { label: 'Tomorrow at 9:00', at: instantIn(addDays(today, 1), 9, 0, zone) },
  ];
  for (let ahead = 2; ahead <= 8; ahead += 1) {
    const at = instantIn(addDays(today, ahead), 9, 0, zone);
    if (parts(at, zone).weekday === 'Mon') {
      choices.push({ label: 'Monday at 9:00', at });
      break;
    }
  }
  return choices;
}
