/** The chat without its looks: what is known, what waits to be sent, and what the visitor may do. */

import { Failure, serverNow, type Api } from './api';
import { Live } from './live';
import { compareIds, entries, merge, readAfter, unconfirmed, unread, type Entry } from './log';
import { Outbox } from './outbox';
import { Sender } from './sender';
import type { Store } from './storage';
import type { Conversation, Message, Pending } from './types';
import { Visitor, VISITOR_KEY } from './visitor';

/** The server gives at most so many messages at once; then there may be more. */
const PAGE = 500;
/** A chat longer than this is a mistake. */
const MOST_PAGES = 20;
const SEEN_KEY = 'hc:seen';
/** Another tab wrote it and will send it. Only if that tab is gone is it ours. */
const OTHER_TAB_MS = 3_000;

export interface ChatState {
  entries: Entry[];
  /** Null before the first message, and until it was read. */
  conversation: Conversation | null;
  /** Read at least once, or nothing to read. */
  loaded: boolean;
  online: boolean;
  /** The server did not answer the last time. */
  unreachable: boolean;
  /** Tries to send have failed; the next comes by itself. */
  retrying: boolean;
  /** The server had forgotten this visitor. */
  begunAnew: boolean;
  /** Ask for name and e-mail now. */
  mayIntroduce: boolean;
  unread: number;
  lasting: boolean;
  /** By the server's clock, in milliseconds. */
  now: number;
}

export class Chat {
  private readonly outbox: Outbox;
  private readonly visitor: Visitor;
  private readonly sender: Sender;
  private readonly live: Live;
  private conversation: Conversation | null = null;
  private messages: Message[] = [];
  /** Confirmed to another tab; shown until this one has read them too. */
  private leaving: Pending[] = [];
  private loaded = false;
  private unreachable = false;
  private begunAnew = false;
  private reading: Promise<boolean> | null = null;
  private readAgain: 'all' | 'new' | null = null;
  private seen: string | null;

  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly changed: () => void,
  ) {
    this.outbox = new Outbox(store);
    this.visitor = new Visitor(store, api);
    this.seen = store.get(SEEN_KEY);
    this.sender = new Sender(this.outbox, this.visitor, api, {
      sent: (message) => this.sent(message),
      unknownVisitor: (secret) => this.unknownVisitor(secret),
      changed,
    });
    this.live = new Live(api, { read: (all) => this.read(all) });
  }

  start(): void {
    addEventListener('online', () => this.back());
    addEventListener('offline', this.changed);
    addEventListener('pageshow', (event) => event.persisted && this.back());
    document.addEventListener('visibilitychange', () => (document.hidden ? this.live.follow(this.secret()) : this.back()));
    addEventListener('storage', (event) => this.otherTab(event));
    if (this.secret() === null) this.loaded = true;
    else void this.read(true);
    this.live.follow(this.secret());
    this.sender.wake();
    this.changed();
  }

  state(): ChatState {
    const pending = unconfirmed([...this.outbox.list(), ...this.leaving], this.messages);
    return {
      entries: entries(this.messages, pending),
      conversation: this.conversation,
      loaded: this.loaded,
      online: navigator.onLine,
      unreachable: this.unreachable,
      retrying: this.sender.failures > 0,
      begunAnew: this.begunAnew,
      mayIntroduce: this.messages.some((message) => message.author === 'customer') && this.visitor.mayAskToIntroduce(),
      unread: unread(this.messages, this.seen),
      lasting: this.store.lasting,
      now: serverNow(),
    };
  }

  /** Keeps the text and sends it as soon as that is possible. */
  send(text: string): void {
    this.outbox.add(text);
    this.changed();
    this.sender.wake();
  }

  /** Gives up a message that the server refused; returns its text. */
  takeBack(client_id: string): string {
    const text = this.outbox.find(client_id)?.text ?? '';
    this.outbox.remove(client_id);
    this.changed();
    return text;
  }

  /** Everything shown was seen. */
  markSeen(): void {
    const last = this.messages.at(-1)?.id;
    if (last === undefined || (this.seen !== null && compareIds(last, this.seen) <= 0)) return;
    this.seen = last;
    this.store.set(SEEN_KEY, last);
    this.changed();
  }

  async helpful(message: string, helpful: boolean): Promise<void> {
    await this.api.helpful(await this.visitor.secret(), message, helpful);
    this.messages = this.messages.map((known) => (known.id === message ? { ...known, helpful } : known));
    this.changed();
    // "No" may have brought a person.
    void this.read(false);
  }

  async rate(score: number, comment: string): Promise<void> {
    await this.api.rate(await this.visitor.secret(), score, comment);
    await this.read(true);
  }

  async end(): Promise<void> {
    await this.api.end(await this.visitor.secret());
    await this.read(true);
  }

  async startAnew(): Promise<void> {
    await this.api.startAnew(await this.visitor.secret());
    await this.read(true);
  }

  async introduce(name: string, email: string): Promise<void> {
    await this.visitor.introduce(name, email);
    this.changed();
  }

  skipIntroduction(): void {
    this.visitor.skipIntroduction();
    this.changed();
  }

  private secret(): string | null {
    return this.visitor.known()?.visitor ?? null;
  }

  /** The network is back, or the visitor is. */
  private back(): void {
    this.sender.wake();
    this.live.hurry();
    this.changed();
  }

  private sent(message: Message): void {
    this.messages = merge(this.messages, [message]);
    this.unreachable = false;
    this.live.follow(this.secret());
    this.live.expectAnswer();
    void this.read(false);
  }

  /** Reads once at a time; a wish that comes meanwhile is served after it. */
  private read(all: boolean): Promise<boolean> {
    if (this.reading) {
      this.readAgain = all || this.readAgain === 'all' ? 'all' : 'new';
      return this.reading;
    }
    this.reading = this.readOnce(all).finally(() => {
      this.reading = null;
      const again = this.readAgain;
      this.readAgain = null;
      if (again) void this.read(again === 'all');
    });
    return this.reading;
  }

  private async readOnce(all: boolean): Promise<boolean> {
    const secret = this.secret();
    if (secret === null) return false;
    const before = this.messages.length;
    try {
      let after = all ? null : readAfter(this.messages);
      for (let page = 0; page < MOST_PAGES; page++) {
        const read = await this.api.conversation(secret, after);
        if (this.secret() !== secret) return false;
        this.take(read);
        if (read.messages.length < PAGE) break;
        after = read.messages.at(-1)!.id;
      }
      this.unreachable = false;
    } catch (error) {
      if (error instanceof Failure && error.kind === 'unknown') this.unknownVisitor(secret);
      else this.unreachable = true;
    }
    this.loaded = true;
    this.changed();
    return this.messages.length > before;
  }

  private take(read: Conversation): void {
    // A conversation that was begun anew, here or in another tab, has none of the old one's messages.
    const another = this.conversation !== null && this.conversation.id !== read.id && this.conversation.id !== null;
    this.messages = merge(another ? [] : this.messages, read.messages);
    this.conversation = read;
    this.leaving = [];
    // The answer to a send was lost on its way, but the message had arrived.
    const received = new Set(read.messages.map((message) => message.client_id));
    for (const item of this.outbox.list()) if (received.has(item.client_id)) this.outbox.remove(item.client_id);
  }

  private unknownVisitor(secret: string): void {
    this.visitor.forget(secret);
    if (this.messages.length > 0) this.begunAnew = true;
    this.conversation = null;
    this.messages = [];
    this.live.follow(this.secret());
    this.changed();
  }

  private otherTab(event: StorageEvent): void {
    if (event.key === null || event.key === VISITOR_KEY) {
      this.live.follow(this.secret());
      void this.read(true);
    } else if (event.key === SEEN_KEY) {
      this.seen = event.newValue;
    } else if (Outbox.owns(event.key)) {
      if (event.newValue !== null) this.sender.wake(OTHER_TAB_MS);
      else if (event.oldValue !== null) {
        this.leaving.push(...Outbox.parse(event.oldValue));
        void this.read(false);
      }
    } else return;
    this.changed();
  }
}
