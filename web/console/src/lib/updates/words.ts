// The words of updates, and the times that are promised most.
import type { Update, UpdateContent } from '$lib/api';
import { addDays, dateIn, instantIn, parts } from '$lib/time';
import type { Tone } from '$lib/words';

export type MatterState = UpdateContent['state'] & string;
export type Impact = UpdateContent['impact'] & string;

export const STATE: Record<MatterState, string> = { investigating: 'Investigating', identified: 'Identified', monitoring: 'Monitoring', resolved: 'Resolved' };
export const IMPACT: Record<Impact, string> = { none: 'None: worth knowing', minor: 'Minor', major: 'Major', critical: 'Critical' };
export const stateTone = (state: MatterState | null | undefined): Tone => (state === 'resolved' ? 'calm' : state ? 'attention' : 'none');

/** The three questions, and what is not known yet. */
export const QUESTIONS = [
  { field: 'happening', label: 'What is happening, and to whom?', hint: 'What customers see, who is affected, since when.' },
  { field: 'meaning', label: 'What does it mean for them, and what can they do now?', hint: 'Also when there is nothing to do: say so.' },
  { field: 'doing', label: 'What are we doing, and what comes next?', hint: 'Steps, no promises that are not ours to make.' },
  { field: 'unknown', label: 'What do we not know yet? (optional)', hint: 'Saying so is better than a guess.' },
] as const;

export const emptyContent = (zone: string): UpdateContent => ({ title: '', happening: '', meaning: '', doing: '', unknown: null, state: 'investigating', impact: 'minor', topics: [], next_at: null, zone, banner_until: null });

/** The next update, as it is promised most: from now, or tomorrow morning in the zone. */
export function quickTimes(now: number, zone: string): { label: string; at: string }[] {
  const in_ = (minutes: number) => new Date(Math.ceil((now + minutes * 60_000) / 60_000) * 60_000).toISOString();
  const tomorrow = instantIn(addDays(dateIn(now, zone), 1), 9, 0, zone);
  return [
    { label: '30 min', at: in_(30) },
    { label: '1 h', at: in_(60) },
    { label: '4 h', at: in_(240) },
    { label: 'Tomorrow 9:00', at: new Date(tomorrow).toISOString() },
  ];
}

/** An instant as the value of a field of date and time, in the zone; and back. */
export function toField(at: string | null | undefined, zone: string): string {
  if (!at) return '';
  const p = parts(at, zone);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${dateIn(at, zone)}T${two(p.hour)}:${two(p.minute)}`;
}
export function fromField(value: string, zone: string): string | null {
  const found = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)/.exec(value);
  return found ? new Date(instantIn(found[1]!, Number(found[2]), Number(found[3]), zone)).toISOString() : null;
}

/** Overdue first, then what is due soonest, then drafts, then what is over. */
export function inOrder(list: readonly Update[]): Update[] {
  const key = (u: Update) => (u.promise ? Date.parse(u.promise.due_at) : u.draft ? 1e15 - Date.parse(u.draft.at) / 1e3 : 2e15 - Date.parse(u.opened_at) / 1e3);
  return [...list].sort((a, b) => key(a) - key(b));
}
