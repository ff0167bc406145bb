/** Keeps the conversation up to date: by the event stream while it holds, by asking while it does not. */

import type { Api } from './api';
import { backoff } from './backoff';
import type { Sign } from './types';

const POLL_MS = 10_000;
/** For a while after a message was sent: its writer waits for the answer. */
const EAGER_POLL_MS = 2_000;
const EAGER_FOR_MS = 20_000;
/** With a stream that seems to hold. A proxy that buffers, or a connection that died unnoticed, looks the same. */
const CHECK_MS = 60_000;

export interface LiveEvents {
  /** Read again; everything if `all`. Returns whether there was something new. */
  read(all: boolean): Promise<boolean>;
  /** Something passes. */
  sign(sign: Sign): void;
  /** What all customers are told is another than before. */
  updates(): void;
}

export class Live {
  private source: EventSource | null = null;
  private secret: string | null = null;
  private failures = 0;
  private reopen: ReturnType<typeof setTimeout> | undefined;
  private ticker: ReturnType<typeof setInterval> | undefined;
  private lastRead = 0;
  private eagerUntil = 0;
  /** The stream let something pass in silence. */
  private mute = false;

  constructor(
    private readonly api: Api,
    private readonly events: LiveEvents,
  ) {}

  /** Follows the visitor's conversation. Call again when the secret or the page's visibility changed. */
  follow(secret: string | null): void {
    // Browsers allow about six connections to one host: tabs that nobody sees must not use them up.
    const wanted = secret !== null && !document.hidden;
    if (secret !== this.secret || !wanted) this.close();
    this.secret = secret;
    if (wanted && !this.source) this.open(secret);
    clearInterval(this.ticker);
    if (secret !== null) this.ticker = setInterval(() => void this.tick(), 1_000);
  }

  /** A message was sent: an answer is likely soon. */
  expectAnswer(): void {
    this.eagerUntil = performance.now() + EAGER_FOR_MS;
  }

  /** The network is back, or the page is seen again: do not wait for the next turn. */
  hurry(): void {
    this.failures = 0;
    if (this.source?.readyState !== EventSource.OPEN) this.close();
    this.follow(this.secret);
    if (this.secret !== null) void this.read(true);
  }

  private open(secret: string): void {
    clearTimeout(this.reopen);
    const source = (this.source = this.api.stream(secret));
    source.onopen = () => {
      this.failures = 0;
      // What happened while nobody listened is in the conversation, not in the stream.
      void this.read(true);
    };
    source.addEventListener('change', () => {
      this.mute = false;
      void this.read(false);
    });
    for (const kind of ['typing', 'seen'] as const)
      source.addEventListener(kind, (event: MessageEvent<string>) => {
        try {
          this.events.sign({ kind, ...(JSON.parse(event.data) as object) } as Sign);
        } catch {
          // Not for us to understand; it passes.
        }
      });
    source.addEventListener('updates', () => this.events.updates());
    source.addEventListener('reload', () => void this.read(true));
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED || this.source !== source) return;
      // Refused rather than lost: the browser gives up here, so this is ours to repeat.
      this.source = null;
      this.failures++;
      clearTimeout(this.reopen);
      this.reopen = setTimeout(() => this.follow(this.secret), backoff(this.failures, Math.random()));
    };
  }

  private close(): void {
    clearTimeout(this.reopen);
    this.source?.close();
    this.source = null;
  }

  private async tick(): Promise<void> {
    const trusted = this.source?.readyState === EventSource.OPEN && !this.mute;
    const now = performance.now();
    if (now - this.lastRead < (trusted ? CHECK_MS : now < this.eagerUntil ? EAGER_POLL_MS : POLL_MS)) return;
    if ((await this.read(false)) && trusted) this.mute = true;
  }

  private read(all: boolean): Promise<boolean> {
    this.lastRead = performance.now();
    return this.events.read(all);
  }
}
