/** Who writes: the secret by which the server knows this browser again, and what the visitor said of themselves. */

import type { Api } from './api';
import { oneTabAtATime } from './lock';
import type { Store } from './storage';
import type { Session } from './types';

export const VISITOR_KEY = 'hc:visitor';
const SKIPPED_KEY = 'hc:no-introduction';

export class Visitor {
  constructor(
    private readonly store: Store,
    private readonly api: Api,
  ) {}

  /** What is known, without asking the server. */
  known(): Session | null {
    try {
      const value = JSON.parse(this.store.get(VISITOR_KEY) ?? 'null') as Session | null;
      return value && typeof value.visitor === 'string' && value.visitor !== '' ? value : null;
    } catch {
      return null;
    }
  }

  /** The secret; asks for a new one if there is none. Two tabs get the same. */
  async secret(): Promise<string> {
    const known = this.known();
    if (known) return known.visitor;
    return oneTabAtATime('session', async () => {
      const before = this.known();
      if (before) return before.visitor;
      const { name, email } = this.remembered();
      const made = await this.api.session({ ...(name && { name }), ...(email && { email }) });
      // Where tabs cannot lock each other out, the first one to store its secret wins.
      const other = this.known();
      return other ? other.visitor : this.keep(made).visitor;
    });
  }

  /** The server does not know this secret any more. Another tab may have a new one already: that one stays. */
  forget(secret: string): void {
    const known = this.known();
    if (known?.visitor !== secret) return;
    this.store.set(`${VISITOR_KEY}:was`, JSON.stringify({ name: known.name, email: known.email }));
    this.store.remove(VISITOR_KEY);
  }

  /** Adds name and address to what the server knows. */
  async introduce(name: string, email: string): Promise<void> {
    const visitor = await this.secret();
    this.keep(await this.api.session({ visitor, ...(name && { name }), ...(email && { email }) }));
  }

  /** Not now, and not asked again. */
  skipIntroduction(): void {
    this.store.set(SKIPPED_KEY, '1');
  }

  mayAskToIntroduce(): boolean {
    return !this.known()?.email && this.store.get(SKIPPED_KEY) === null;
  }

  private keep(session: Session): Session {
    this.store.set(VISITOR_KEY, JSON.stringify(session));
    return session;
  }

  private remembered(): Partial<Session> {
    try {
      return (JSON.parse(this.store.get(`${VISITOR_KEY}:was`) ?? '{}') ?? {}) as Partial<Session>;
    } catch {
      return {};
    }
  }
}
