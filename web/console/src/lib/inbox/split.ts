import type { Message } from '$lib/api';

/** Messages that one split takes along, as the server bounds it. */
const MOST = 20;

/** What can begin a conversation of its own, the newest first: the customer's own words, if they have not done so yet. */
export function splittable(messages: readonly Message[], gone: ReadonlySet<string>): Message[] {
  return messages
    .filter((message) => message.author === 'customer' && !message.note && !message.hand && !gone.has(message.id))
    .slice(-MOST)
    .reverse();
}
