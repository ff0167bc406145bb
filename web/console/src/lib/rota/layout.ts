// Where things stand on the timeline: days in the window's zone, bars in percent of the whole. Pure.
import type { DutyRole, RotaViolation } from '$lib/api';
import { addDays, dateIn, instantIn } from '$lib/time';

export interface Day {
  date: string;
  from: number;
  to: number;
  /** Left edge and width, in percent. */
  left: number;
  width: number;
}

/** So many local days, the first the one that holds `now`: where clocks change one is longer or shorter. */
export function days(now: number, zone: string, count: number): { from: number; to: number; days: Day[] } {
  const first = dateIn(now, zone);
  const edges = Array.from({ length: count + 1 }, (_, i) => instantIn(addDays(first, i), 0, 0, zone));
  const [from, to] = [edges[0] ?? now, edges[count] ?? now];
  const at = (edge: number) => ((edge - from) / (to - from)) * 100;
  return {
    from,
    to,
    days: edges.slice(0, -1).map((edge, i) => ({ date: addDays(first, i), from: edge, to: edges[i + 1] ?? to, left: at(edge), width: at(edges[i + 1] ?? to) - at(edge) })),
  };
}

/** A stretch in percent, cut to the whole; none where it lies outside. */
export function bar(from: string | number, to: string | number, whole: { from: number; to: number }): { left: number; width: number } | undefined {
  const start = Math.max(new Date(from).getTime(), whole.from);
  const end = Math.min(new Date(to).getTime(), whole.to);
  if (end <= start) return undefined;
  const length = whole.to - whole.from;
  return { left: ((start - whole.from) / length) * 100, width: ((end - start) / length) * 100 };
}

/** An instant as a field for local times has it, in the window's zone. */
export function field(instant: string | number, zone: string): string {
  const local = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(instant));
  return `${dateIn(instant, zone)}T${local}`;
}

/** The instant of such a field; none while it is not filled in. */
export function instant(value: string, zone: string): string | undefined {
  const found = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)/.exec(value);
  if (!found) return undefined;
  return new Date(instantIn(found[1] ?? '', Number(found[2]), Number(found[3]), zone)).toISOString();
}

/** Each person and rule once, hard limits first, with how often it happens again. */
export function eachOnce(violations: readonly RotaViolation[]): { first: RotaViolation; again: number }[] {
  const kinds = new Map<string, { first: RotaViolation; again: number }>();
  for (const violation of violations) {
    const key = `${violation.rule} ${violation.person ?? ''}`;
    const known = kinds.get(key);
    if (known) known.again += 1;
    else kinds.set(key, { first: violation, again: 0 });
  }
  const rank = ({ first }: { first: RotaViolation }) => (first.strength === 'hard' ? 0 : 1);
  return [...kinds.values()].sort((a, b) => rank(a) - rank(b));
}

export const ROLE: Record<DutyRole, string> = {
  decision_owner: 'decides',
  backup: 'is backup',
  responder: 'answers',
  comms: 'writes updates',
  shadow: 'learns',
};
