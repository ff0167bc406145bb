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
  /** Something that is shown has changed. */
  changed(): void;
}

export class Sender {
  /** Failed tries since the last success. */
  failures = 0;
  private running = false;
  private again = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly outbox: Outbox,
    private readonly visitor: Visitor,
    private readonly api: Api,
    private readonly events: SenderEvents,
  ) {}

  /** Sends what waits, after `delay` milliseconds. */
  wake(delay = 0): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), delay);
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
        const { message } = await this.api.send(secret, item.text, item.client_id);
        this.events.sent(message);
        this.outbox.remove(item.client_id);
        this.failures = 0;
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
    if (failure.cause_ === 'refused' && secret !== null) {
      this.outbox.refuse(client_id, failure.detail);
      return false;
    }
    if (failure.cause_ === 'unknown' && secret !== null) this.events.unknownVisitor(secret);
    this.failures++;
    // A first "unknown visitor" is mended by a new session at once.
    this.wake(failure.cause_ === 'unknown' && this.failures === 1 ? 0 : backoff(this.failures, Math.random(), failure.wait));
    return true;
  }
}
