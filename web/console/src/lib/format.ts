// Words for figures: times, spans, shares, counts. Pure, so that every rule has a one-line test.
import { addDays, dateIn, parts } from './time';

const two = (n: number) => String(n).padStart(2, '0');

/** "Tue 14:05" within six days, "12 Nov 14:05" beyond, "12 Nov 2024" in another year. */
export function when(instant: string | number, zone: string, now: number): string {
  const at = parts(instant, zone);
  const today = dateIn(now, zone);
  const time = `${two(at.hour)}:${two(at.minute)}`;
  if (at.date > addDays(today, -6) && at.date < addDays(today, 7)) return `${at.weekday} ${time}`;
  const day = shortDate(at.date);
  return at.date.slice(0, 4) === today.slice(0, 4) ? `${day} ${time}` : `${day} ${at.date.slice(0, 4)}`;
}

/** The whole instant with its zone, for the title attribute. */
export function fullTime(instant: string | number, zone: string): string {
  const at = parts(instant, zone);
  return `${at.weekday} ${longDate(at.date)}, ${two(at.hour)}:${two(at.minute)} (${zone.replaceAll('_', ' ')})`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "12 Nov" */
export function shortDate(date: string): string {
  const [, month, day] = date.split('-').map(Number);
  return `${day} ${MONTHS[(month ?? 1) - 1]}`;
}
/** "12 Nov 2026" */
export function longDate(date: string): string {
  return `${shortDate(date)} ${date.slice(0, 4)}`;
}
/** "Thu 12 Nov" */
export function dayName(date: string): string {
  return `${parts(`${date}T12:00:00Z`, 'UTC').weekday} ${shortDate(date)}`;
}

/** "under 1 min", "12 min", "2 h 5 min", "3 d 4 h". */
export function span(seconds: number): string {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  if (minutes < 1) return 'under 1 min';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  const days = Math.floor(hours / 24);
  return hours % 24 ? `${days} d ${hours % 24} h` : `${days} d`;
}

/** "in 12 min" or "2 h 5 min late". */
export function due(at: string | number, now: number): string {
  const left = (new Date(at).getTime() - now) / 1000;
  return left >= 0 ? `in ${span(left)}` : `${span(left)} late`;
}

/** How urgent a due time is: late, within the hour, or calm. */
export function urgency(at: string | number, now: number, breached = false): 'late' | 'attention' | 'calm' {
  const left = new Date(at).getTime() - now;
  if (breached || left < 0) return 'late';
  return left < 30 * 60_000 ? 'attention' : 'calm';
}

/** "12 min ago", "just now". */
export function ago(at: string | number, now: number): string {
  const seconds = (now - new Date(at).getTime()) / 1000;
  return seconds < 60 ? 'just now' : `${span(seconds)} ago`;
}

/** A figure with its unit: seconds become spans, shares become per cent. */
export function figure(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined) return '–';
  switch (unit) {
    case 's':
    case 'sec':
    case 'seconds':
      return span(value);
    case 'min':
    case 'minutes':
      return span(value * 60);
    case 'h':
    case 'hours':
      return span(value * 3600);
    case 'share':
    case 'ratio':
      return percent(value);
    case '%':
    case 'percent':
      return `${round(value)} %`;
    default:
      return number(value);
  }
}

/** A figure in the least room, for an axis or a wall: "1.5 h" for "1 h 30 min". */
export function short(value: number | null | undefined, unit: string): string {
  const perUnit: Record<string, number> = { s: 1, sec: 1, seconds: 1, min: 60, minutes: 60, h: 3600, hours: 3600 };
  const factor = perUnit[unit];
  if (value === null || value === undefined || factor === undefined) return figure(value, unit);
  const seconds = value * factor;
  if (seconds < 3600) return `${round(seconds / 60)} min`;
  return seconds < 172_800 ? `${round(seconds / 3600)} h` : `${round(seconds / 86_400)} d`;
}

/** 0.423 → "42 %". */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** Thousands apart, at most one decimal under ten. */
export function number(value: number): string {
  const shown = round(value);
  const [whole = '0', rest] = String(Math.abs(shown)).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return `${shown < 0 ? '−' : ''}${grouped}${rest ? `.${rest}` : ''}`;
}

function round(value: number): number {
  return Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value);
}

/** "× 1.4" */
export function ratio(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : `× ${value >= 10 ? Math.round(value) : value.toFixed(1)}`;
}

/** "1 customer", "4 customers". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

/** "+4 on yesterday", "as yesterday", "−3 on yesterday". */
export function trend(today: number, yesterday: number): string {
  const change = today - yesterday;
  if (change === 0) return 'as yesterday';
  return `${change > 0 ? '+' : '−'}${number(Math.abs(change))} on yesterday`;
}

/** Two letters for a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : (words[0]?.[1] ?? '');
  return (first + last).toUpperCase();
}

/** A size of a file: "340 kB". */
export function bytes(n: number): string {
  if (n < 1000) return `${n} B`;
  if (n < 999_500) return `${Math.round(n / 1000)} kB`;
  return `${(n / 1_000_000).toFixed(n < 9_950_000 ? 1 : 0)} MB`;
}
