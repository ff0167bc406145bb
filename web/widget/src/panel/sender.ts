/** Empties the outbox, one message after the other, until the server has confirmed each. */

import { Failure, type Api } from './api';
import { backoff } from './backoff';
import { oneTabAtATime } from './lock';
import type { Outbox } from './outbox';
import type { Message } from './types';
import type { Visitor } from './visitor';

export interface SenderEvents {
  /** The server has it. Called before it leaves the outbox. */
  sent(message: Message): void;
  /** The server did not know the secret that was used. */
  unknownVisitor(secret: string): void;
  /** The site's word for the visitor is missing, or not good. */
  unverified(): void;
  /** Something that is shown has changed. */
  changed(): void;
}

export class Sender {
  /** Failed tries since the last success. */
  failures = 0;
  private running = false;
  private again = false;
  /** A new session was tried since the last success: not again without waiting. */
  private renewed = false;
  /** The server asked for rest until then (`performance.now()`). */
  private restUntil = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly outbox: Outbox,
    private readonly visitor: Visitor,
    private readonly api: Api,
    private readonly events: SenderEvents,
  ) {}

  /** Sends what waits, after `delay` milliseconds, but not before the server wants it. */
  wake(delay = 0): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), Math.max(delay, this.restUntil - performance.now()));
  }

  private async run(): Promise<void> {
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = true;
    this.again = false;
    try {
      if (this.outbox.next()) await oneTabAtATime('send', () => this.drain());
    } finally {
      this.running = false;
    }
    if (this.again) this.wake();
  }

  private async drain(): Promise<void> {
    for (let item = this.outbox.next(); item; item = this.outbox.next()) {
      let secret: string | null = null;
      try {
        secret = await this.visitor.secret();
        const { message } = await this.api.send(secret, item);
        this.events.sent(message);
        this.outbox.remove(item.client_id);
        this.failures = 0;
        this.renewed = false;
      } catch (error) {
        if (this.fail(error, item.client_id, secret)) return;
      } finally {
        this.events.changed();
      }
    }
  }

  /** Returns whether to stop and wait. */
  private fail(error: unknown, client_id: string, secret: string | null): boolean {
    const failure = error instanceof Failure ? error : new Failure('unreachable', String(error));
    if (failure.kind === 'refused' && secret !== null) {
      this.outbox.refuse(client_id, failure.detail);
      return false;
    }
    if (failure.kind === 'unknown' && secret !== null) this.events.unknownVisitor(secret);
    if (failure.kind === 'unverified') this.events.unverified();
    this.failures++;
    const atOnce = failure.kind === 'unknown' && !this.renewed;
    this.renewed ||= atOnce;
    const wait = backoff(this.failures, Math.random(), failure.wait);
    if (failure.wait !== null) this.restUntil = performance.now() + wait;
    this.wake(atOnce ? 0 : wait);
    return true;
  }
}
