/** Messages that were written and not yet confirmed. One storage key each, so that two tabs that write at
 * the same moment cannot overwrite each other's. */

import type { Store } from './storage';
import type { Attached, Pending } from './types';

const PREFIX = 'hc:out:';

export class Outbox {
  private last = 0;

  constructor(
    private readonly store: Store,
    private readonly newId: () => string = uuid,
  ) {}

  /** Whether a storage key belongs to an outbox. */
  static owns(key: string | null): boolean {
    return key !== null && key.startsWith(PREFIX);
  }

  /** The message in a stored text; none if it is not one. */
  static parse(text: string | null): Pending[] {
    const item = parse(text);
    return item ? [item] : [];
  }

  /** All of them, in the order they were written, from every tab. */
  list(): Pending[] {
    return this.store
      .keys()
      .filter(Outbox.owns)
      .flatMap((key) => Outbox.parse(this.store.get(key)))
      .sort((a, b) => a.n - b.n || (a.client_id < b.client_id ? -1 : 1));
  }

  /** Keeps a text, with the files that are uploaded for it, until it is confirmed. */
  add(text: string, files: Attached[] = []): Pending {
    // Counted, not timed: a clock that is set back must not turn the order round.
    this.last = Math.max(this.last, ...this.list().map((item) => item.n)) + 1;
    return this.keep({ client_id: this.newId(), text, n: this.last, ...(files.length > 0 && { files }) });
  }

  /** Notes that the server will not take it, and why; it is no longer tried. */
  refuse(client_id: string, problem: string): void {
    const item = this.find(client_id);
    if (item) this.keep({ ...item, problem });
  }

  /** The server has it, or its writer gave it up. */
  remove(client_id: string): void {
    this.store.remove(PREFIX + client_id);
  }

  find(client_id: string): Pending | null {
    return parse(this.store.get(PREFIX + client_id));
  }

  /** The next to send. */
  next(): Pending | null {
    return this.list().find((item) => item.problem === undefined) ?? null;
  }

  private keep(item: Pending): Pending {
    this.store.set(PREFIX + item.client_id, JSON.stringify(item));
    return item;
  }
}

// What is stored was written by this page, but an older version or somebody's tools may have touched it.
function parse(text: string | null): Pending | null {
  try {
    const value = JSON.parse(text ?? 'null') as Partial<Pending> | null;
    if (typeof value?.client_id !== 'string' || typeof value.text !== 'string' || typeof value.n !== 'number') return null;
    const { client_id, text: words, n, problem, files } = value;
    return { client_id, text: words, n, ...(typeof problem === 'string' && { problem }), ...(Array.isArray(files) && { files }) };
  } catch {
    return null;
  }
}

/** A random UUID, version 4. `crypto.randomUUID` exists on secure pages only. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
