// What passes between the two sides of a chat: who types, and how far each has read.
import { conversations } from '$lib/api';
import { live } from '$lib/state/live.svelte';
import { compareIds } from './merge';

/** Typing is shown so long after its last sign, and told at most so often. */
const SHOWN_MS = 6_000;
const TOLD_MS = 3_000;

const later = (one: string, other: string | null): boolean => other === null || compareIds(one, other) > 0;

export class Presence {
  /** The customer types. */
  typing = $state(false);
  /** The newest message that the customer has seen. */
  seen = $state<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #told = -Infinity;
  /** How far the server knows that this side has read. */
  #saw: string | null = null;

  constructor(private readonly conversation: string) {}

  /** Begins to look. The returned function ends it. */
  start(): () => void {
    const off = live.onSign((sign) => {
      if (sign.conversation !== this.conversation) return;
      if (sign.kind === 'seen') this.#seenUpTo(sign.message);
      else this.#typed();
    });
    void this.read();
    return () => {
      off();
      clearTimeout(this.#timer);
    };
  }

  /** Reads how far both sides have read; of no weight where it cannot be read. */
  async read(): Promise<void> {
    const known = await conversations.seen(this.conversation).catch(() => undefined);
    if (known?.customer) this.#seenUpTo(known.customer);
    if (known?.team && later(known.team, this.#saw)) this.#saw = known.team;
  }

  /** The customer's words have come: what was being typed is here. */
  arrived(): void {
    clearTimeout(this.#timer);
    this.typing = false;
  }

  /** This side writes a reply: the customer is told, now and then. Of a note nothing is told. */
  wrote(): void {
    const now = performance.now();
    if (now - this.#told < TOLD_MS) return;
    this.#told = now;
    conversations.typing(this.conversation).catch(() => undefined);
  }

  /** What was written has gone out: who writes on is told of at once. */
  sent(): void {
    this.#told = -Infinity;
  }

  /** A message of the customer is on the screen. */
  saw(message: string): void {
    if (!later(message, this.#saw)) return;
    const before = this.#saw;
    this.#saw = message;
    conversations.saw(this.conversation, message).catch(() => (this.#saw = before));
  }

  #seenUpTo(message: string): void {
    if (later(message, this.seen)) this.seen = message;
  }
  #typed(): void {
    this.typing = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.typing = false), SHOWN_MS);
  }
}
