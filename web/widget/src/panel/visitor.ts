/** Who writes: the secret by which the server knows this browser again, and what the visitor said of themselves. */

import type { Api } from './api';
import { oneTabAtATime } from './lock';
import type { Store } from './storage';
import { Outbox } from './outbox';
import type { Session } from './types';

export const VISITOR_KEY = 'hc:visitor';
const SKIPPED_KEY = 'hc:no-introduction';

export class Visitor {
  /** The site's word was heard since the page was opened. */
  private vouched = false;

  constructor(
    private readonly store: Store,
    private readonly api: Api,
    /** What the site says of the visitor, signed; null where it says nothing. */
    private readonly token: string | null = null,
  ) {
    // Whoever was signed in here is not any more: the next one at this screen sees nothing of theirs.
    if (token === null && this.known()?.verified) this.leave();
  }

  /** The server has to be asked first whether the site's word is good. */
  get waits(): boolean {
    return this.token !== null && !this.vouched;
  }

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
    if (known && !this.waits) return known.visitor;
    return oneTabAtATime('session', async () => {
      const before = this.known();
      if (this.token !== null) return this.identify(this.token, before);
      if (before) return before.visitor;
      const { name, email } = this.remembered();
      const made = await this.api.session({ ...(name && { name }), ...(email && { email }) });
      // Where tabs cannot lock each other out, the first one to store its secret wins.
      const other = this.known();
      return other ? other.visitor : this.keep(made).visitor;
    });
  }

  /** Exchanges the site's word for a session, the one that is here where it is the same person's. */
  private async identify(token: string, before: Session | null): Promise<string> {
    const made = await this.api.session({ token, ...(before && { visitor: before.visitor }) });
    this.vouched = true;
    // What waits to be sent was written by somebody else.
    if (before?.verified && made.visitor !== before.visitor) this.leave();
    return this.keep(made).visitor;
  }

  private leave(): void {
    for (const key of this.store.keys()) if (Outbox.owns(key)) this.store.remove(key);
    this.store.remove(VISITOR_KEY);
  }

  /** The server does not know this secret any more. Another tab may have a new one already: that one stays. */
  forget(secret: string): void {
    const known = this.known();
    if (known?.visitor !== secret) return;
    if (!known.verified) this.store.set(`${VISITOR_KEY}:was`, JSON.stringify({ name: known.name, email: known.email }));
    this.vouched = false;
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
