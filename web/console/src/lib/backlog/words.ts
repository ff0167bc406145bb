// Waits, ages and addresses of the backlog.
import type { Backlog, BacklogWait } from '$lib/api';

export const WAIT: Record<BacklogWait, string> = {
  us: 'Us to answer',
  assistant: 'The assistant',
  customer: 'The customer',
  escalated: 'Those it was escalated to',
  decision: 'A decision',
  snoozed: 'A time that was set',
};

/** "Under 4 hours", "4 to 24 hours", "1 to 3 days", "Over 7 days". */
export function ageWords(from: number, to: number | null | undefined): string {
  if (!from && to) return `Under ${to} hours`;
  if (!to) return `Over ${from / 24} days`;
  return to <= 24 ? `${from} to ${to} hours` : `${from / 24} to ${to / 24} days`;
}

/** The inbox with what is open in this window, and fits these filters. */
export function openIn(filters: Record<string, string | null | undefined>): string {
  const params = new URLSearchParams({ here: '1', wait: 'any' });
  for (const [name, value] of Object.entries(filters)) if (value) params.set(name, value);
  return `inbox?${params}`;
}

/** What came on a day, or left. */
export function dayIn(day: Backlog['days'][number], left: boolean): string {
  const params = new URLSearchParams({ here: '1', since: day.since, until: day.until });
  if (left) params.set('signal', 'left');
  return `inbox?${params}`;
}
