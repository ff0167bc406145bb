/** The messages as they are shown: each once, in the server's order, what is not confirmed yet last. */

import type { Message, Pending } from './types';

/** Compares ids: strings of digits too long for a number. Negative if `a` is earlier. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** Known messages with newly read ones put in; what was read later wins. */
export function merge(known: readonly Message[], read: readonly Message[]): Message[] {
  const byId = new Map<string, Message>();
  for (const message of [...known, ...read]) byId.set(message.id, message);
  return [...byId.values()].sort((a, b) => compareIds(a.id, b.id));
}

/** Those of the outbox that the log does not show as received. */
export function unconfirmed(pending: readonly Pending[], messages: readonly Message[]): Pending[] {
  const received = new Set(messages.map((message) => message.client_id));
  return pending.filter((item) => !received.has(item.client_id)).sort((a, b) => a.n - b.n || (a.client_id < b.client_id ? -1 : 1));
}

/** How many messages before the newest are read again with it: with several servers, a message with a
 * smaller number can appear after one with a greater. */
const OVERLAP = 20;

/** From where to read what is new; `null` means everything. */
export function readAfter(messages: readonly Message[]): string | null {
  return messages[messages.length - 1 - OVERLAP]?.id ?? null;
}

/** One line of the log. */
export type Entry = { key: string; message: Message; pending?: never } | { key: string; pending: Pending; message?: never };

/** What to show, in order. A message keeps its key when it is confirmed, so that it stays where it is. */
export function entries(messages: readonly Message[], pending: readonly Pending[]): Entry[] {
  return [
    ...messages.map((message) => ({ key: message.client_id ?? message.id, message })),
    ...unconfirmed(pending, messages).map((item) => ({ key: item.client_id, pending: item })),
  ];
}

/** Whether the second of two entries stands under the first one's name. Minutes apart, it gets its own. */
export function continues(before: Entry | undefined, entry: Entry): boolean {
  if (!before) return false;
  if (!before.message || !entry.message) return (before.message?.author ?? 'customer') === 'customer' && (entry.message?.author ?? 'customer') === 'customer';
  const [a, b] = [before.message, entry.message];
  return a.author === b.author && a.name === b.name && Date.parse(b.at) - Date.parse(a.at) < 5 * 60_000;
}

/** How many messages by others came after the one last seen. */
export function unread(messages: readonly Message[], lastSeen: string | null): number {
  return messages.filter((message) => message.author !== 'customer' && (lastSeen === null || compareIds(message.id, lastSeen) > 0)).length;
}
