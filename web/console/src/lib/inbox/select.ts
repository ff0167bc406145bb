// Choosing several rows, and doing the same with all of them: without a browser.
import type { BulkAction, BulkResult } from '$lib/api';

/** The ids from one to another, both included, in the order of the list; only the second where the first is not there. */
export function between(order: readonly string[], from: string, to: string): string[] {
  const [a, b] = [order.indexOf(from), order.indexOf(to)];
  if (b < 0) return [];
  if (a < 0) return [to];
  return order.slice(Math.min(a, b), Math.max(a, b) + 1);
}

/** Lists of at most `size`: what one request takes. */
export function chunks<T>(all: readonly T[], size: number): T[][] {
  const found: T[][] = [];
  for (let at = 0; at < all.length; at += size) found.push(all.slice(at, at + size));
  return found;
}

/** One result of several. */
export function together(results: readonly BulkResult[]): Pick<BulkResult, 'done' | 'unchanged' | 'refused' | 'conversations'> {
  const sum = (of: (r: BulkResult) => number) => results.reduce((n, r) => n + of(r), 0);
  return { done: sum((r) => r.done), unchanged: sum((r) => r.unchanged), refused: sum((r) => r.refused), conversations: results.flatMap((r) => r.conversations) };
}

/** What an action did, after the number: "12 resolved". */
export function doneWord(action: BulkAction, name = ''): string {
  switch (action.kind) {
    case 'assign':
      return action.to ? `assigned to ${name}` : 'assigned to nobody';
    case 'status':
      return { open: 'opened again', waiting: 'set to waiting', resolved: 'resolved' }[action.to];
    case 'snooze':
      return action.until ? 'snoozed' : 'back in the list';
    case 'tags':
      return action.add?.length ? `labelled “${action.add.join('”, “')}”` : `without “${action.remove?.join('”, “')}”`;
    case 'link':
      return action.issue ? `linked to “${name}”` : 'without an issue';
  }
}

/** The sentence about what became of all of them. */
export function summary(result: Pick<BulkResult, 'done' | 'unchanged' | 'refused'>, word: string): string {
  const parts = [];
  if (result.done || !(result.unchanged || result.refused)) parts.push(`${result.done} ${word}`);
  if (result.unchanged) parts.push(`${result.unchanged} ${result.unchanged === 1 ? 'was' : 'were'} so already`);
  if (result.refused) parts.push(`${result.refused} not changed`);
  return parts.join(', ');
}
