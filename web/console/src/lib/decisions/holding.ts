// How long a yes holds that is given for a while.
import type { Decision, DecisionKind } from '$lib/api';

const HOUR = 3_600_000;
export const HOLDS: { hours: number; label: string }[] = [
  { hours: 4, label: '4 hours' },
  { hours: 24, label: '1 day' },
  { hours: 72, label: '3 days' },
  { hours: 168, label: '1 week' },
  { hours: 720, label: '30 days' },
];
/** What nobody says otherwise, as the server has it. */
export const BY_ITSELF = 72;

/** Temporary messages and workarounds have an end. */
export const isTemporary = (kind: DecisionKind): boolean => kind === 'approve_message' || kind === 'trigger_workaround';

export const untilIn = (hours: number, now: number): string => new Date(now + hours * HOUR).toISOString();

/** A yes that has an end and still holds: it can be prolonged or ended. */
export const holds = (decision: Decision): boolean => decision.ruling === 'yes' && Boolean(decision.holds_until) && !decision.ended_at;

/** What is allowed for a while: what runs out soon first, then by its end. */
export function byEnd(decisions: readonly Decision[]): Decision[] {
  return decisions.filter(holds).sort((a, b) => (a.holds_until ?? '').localeCompare(b.holds_until ?? ''));
}
