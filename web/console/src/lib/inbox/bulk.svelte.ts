// The same with every conversation that is chosen, and taking that back.
import { conversations, type BulkAction, type BulkResult, type ConversationItem } from '$lib/api';
import { toasts, UNDO } from '$lib/state/toasts.svelte';
import { chunks, doneWord, summary, together } from './select';

/** Conversations that one request takes. */
const AT_ONCE = 200;
/** How long the way back is offered. */
const OFFERED_MS = 10_000;

interface NotDone {
  title: string;
  rows: { id: string; subject: string; reason: string }[];
}

export class Bulk {
  /** Something is under way: a second press waits for it. */
  busy = $state(false);
  /** What was not done, and why; shown until it is put away. */
  notDone = $state.raw<NotDone | null>(null);

  constructor(
    private readonly subjects: () => ConversationItem[],
    private readonly changed: () => void,
  ) {}

  /** Carries an action out. `name` is that of the person or the issue. Returns whether the server answered. */
  async run(ids: readonly string[], action: BulkAction, name = ''): Promise<boolean> {
    const named = this.#named();
    const results: BulkResult[] = [];
    const done = await this.#all(chunks(ids, AT_ONCE), async (part) => void results.push(await conversations.bulk(part, action)));
    if (results.length) {
      const result = together(results);
      const back = () => void this.undo(results.map((r) => r.id).reverse(), named);
      toasts.say(`${summary(result, doneWord(action, name))}.`, result.done ? { label: UNDO, run: back } : undefined, OFFERED_MS);
      this.#say('Not changed', result, named);
    }
    return done;
  }

  /** Takes actions back, the last first. */
  async undo(actions: readonly string[], named: Map<string, string>): Promise<void> {
    const results: BulkResult[] = [];
    await this.#all(actions, async (id) => void results.push(await conversations.undoBulk(id)));
    if (!results.length) return;
    const result = together(results);
    toasts.say(`${summary(result, 'as before')}.`);
    this.#say('Not taken back', result, named);
  }

  async #all<T>(parts: readonly T[], one: (part: T) => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    try {
      for (const part of parts) await one(part);
      return true;
    } catch (error) {
      toasts.fail(error);
      return false;
    } finally {
      this.busy = false;
      this.changed();
    }
  }

  #named(): Map<string, string> {
    return new Map(this.subjects().map((item) => [item.id, item.subject]));
  }
  #say(title: string, result: Pick<BulkResult, 'conversations'>, named: Map<string, string>): void {
    const refused = result.conversations.filter((c) => c.outcome === 'refused');
    if (!refused.length) return;
    this.notDone = { title, rows: refused.map((c) => ({ id: c.conversation, subject: named.get(c.conversation) ?? 'A conversation', reason: c.reason ?? '' })) };
  }
}
