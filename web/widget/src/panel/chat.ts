/** The chat without its looks: what is known, what waits to be sent, and what the visitor may do. */

import { Failure, serverNow, type Api } from './api';
import { Live } from './live';
import { compareIds, entries, merge, readAfter, unconfirmed, unread, type Entry } from './log';
import { Outbox } from './outbox';
import { Sender } from './sender';
import type { Store } from './storage';
import type { Attached, CheckIn, Conversation, Message, Pending, Sign, Summary } from './types';
import { Visitor, VISITOR_KEY } from './visitor';

/** The server gives at most so many messages at once; then there may be more. */
const PAGE = 500;
/** A chat longer than this is a mistake. */
const MOST_PAGES = 20;
/** Links to files are good for at least an hour: read anew before that. */
const LINKS_MS = 50 * 60_000;
const SEEN_KEY = 'hc:seen';
/** Typing is shown so long after its last sign, and told at most so often. */
const TYPING_SHOWN_MS = 6_000;
const TYPING_TOLD_MS = 3_000;
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
  /** The site has to say who the visitor is, and did not, or not well. */
  unverified: boolean;
  /** Who of the team types now. */
  typing: string | null;
  /** The newest message that somebody of the team has seen. */
  seenByTeam: string | null;
  /** Where a copy would go. */
  email: string | null;
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
  private unverified = false;
  private typist: { name: string; timer: ReturnType<typeof setTimeout> } | null = null;
  private typingTold = -Infinity;
  /** How far the server knows that the visitor has read. */
  private seenTold: string | null = null;
  private reading: Promise<boolean> | null = null;
  private linksRead = -Infinity;
  private readAgain: 'all' | 'new' | null = null;
  private seen: string | null;

  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly changed: () => void,
    token: string | null = null,
    updates: () => void = () => undefined,
  ) {
    this.visitor = new Visitor(store, api, token);
    this.outbox = new Outbox(store);
    this.seen = store.get(SEEN_KEY);
    this.sender = new Sender(this.outbox, this.visitor, api, {
      sent: (message) => this.sent(message),
      unknownVisitor: (secret) => this.unknownVisitor(secret),
      unverified: () => (this.unverified = true),
      changed,
    });
    this.live = new Live(api, { read: (all) => this.read(all), sign: (sign) => this.sign(sign), updates });
  }

  start(): void {
    addEventListener('online', () => this.back());
    addEventListener('offline', this.changed);
    addEventListener('pageshow', (event) => event.persisted && this.back());
    document.addEventListener('visibilitychange', () => (document.hidden ? this.live.follow(this.secret()) : this.back()));
    addEventListener('storage', (event) => this.otherTab(event));
    if (this.visitor.waits) void this.identify();
    else if (this.secret() === null) this.loaded = true;
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
      unverified: this.unverified,
      typing: this.typist?.name ?? null,
      seenByTeam: this.conversation?.seen_by_team ?? null,
      email: this.visitor.known()?.email ?? null,
      mayIntroduce: this.messages.some((message) => message.author === 'customer') && this.visitor.mayAskToIntroduce(),
      unread: unread(this.messages, this.seen),
      lasting: this.store.lasting,
      now: serverNow(),
    };
  }

  /** Keeps the text and sends it as soon as that is possible. */
  send(text: string, files: Attached[] = []): void {
    this.outbox.add(text, files);
    // Who writes on after it is told of at once.
    this.typingTold = -Infinity;
    this.changed();
    this.sender.wake();
  }

  /** Gives up a message that the server refused; returns it. */
  takeBack(client_id: string): Pending | null {
    const item = this.outbox.find(client_id);
    this.outbox.remove(client_id);
    this.changed();
    return item;
  }

  /** Keeps a file for the next message. */
  async upload(file: File, progress: (share: number) => void, signal: AbortSignal): Promise<Attached> {
    const { id, name, size } = await this.api.upload(await this.visitor.secret(), file, progress, signal);
    return { id, name, size };
  }

  removeFile(id: string): void {
    const secret = this.secret();
    // What stays behind is forgotten by the server after a day.
    if (secret !== null) this.api.removeFile(secret, id).catch(() => undefined);
  }

  /** Everything shown was seen. */
  markSeen(): void {
    const last = this.messages.at(-1)?.id;
    if (last === undefined || (this.seen !== null && compareIds(last, this.seen) <= 0)) return;
    this.seen = last;
    this.store.set(SEEN_KEY, last);
    this.changed();
    void this.tellSeen();
  }

  /** The visitor types. Tells the team so, now and then, where people may be reading. */
  typed(): void {
    const now = performance.now();
    const secret = this.secret();
    if (!this.conversation?.id || secret === null || this.conversation.handler === 'assistant' || now - this.typingTold < TYPING_TOLD_MS) return;
    this.typingTold = now;
    // It passes anyway: one that gets lost is not repeated.
    this.api.typing(secret).catch(() => undefined);
  }

  async conversations(before: string | null): Promise<{ items: Summary[]; next: string | null }> {
    return this.api.conversations(await this.visitor.secret(), before);
  }

  /** Goes back to an earlier conversation. */
  async open(conversation: string): Promise<void> {
    await this.api.open(await this.visitor.secret(), conversation);
    await this.read(true);
  }

  /** Asks for a copy by e-mail; returns where it goes. */
  async transcript(): Promise<string> {
    return (await this.api.transcript(await this.visitor.secret())).email;
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

  /** What waits for an answer; nothing for whoever has no chat yet. */
  async checkIn(): Promise<CheckIn | null> {
    const secret = this.secret();
    return secret === null ? null : this.api.checkIn(secret);
  }

  async answerCheckIn(id: string, face: string, comment: string): Promise<boolean> {
    const began = await this.api.answerCheckIn(await this.visitor.secret(), id, face, comment);
    if (began !== null) await this.read(true);
    return began !== null;
  }

  async leaveCheckIns(id: string): Promise<void> {
    await this.api.leaveCheckIns(await this.visitor.secret(), id);
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
    return this.visitor.waits ? null : (this.visitor.known()?.visitor ?? null);
  }

  /** The site says who the visitor is: what they said on another device is theirs here, too. */
  private async identify(): Promise<void> {
    try {
      await this.visitor.secret();
      this.unverified = false;
      this.live.follow(this.secret());
      await this.read(true);
    } catch (error) {
      this.failed(error);
    }
    this.loaded = true;
    this.changed();
  }

  private failed(error: unknown): void {
    if (error instanceof Failure && error.kind === 'unverified') this.unverified = true;
    else this.unreachable = true;
  }

  private sign(sign: Sign): void {
    if (!this.conversation || sign.conversation !== this.conversation.id) return;
    if (sign.kind === 'seen') this.conversation = { ...this.conversation, seen_by_team: sign.message };
    else {
      clearTimeout(this.typist?.timer);
      this.typist = { name: sign.name, timer: setTimeout(() => this.stopTyping(), TYPING_SHOWN_MS) };
    }
    this.changed();
  }

  private stopTyping(): void {
    clearTimeout(this.typist?.timer);
    this.typist = null;
    this.changed();
  }

  /** Tells the server how far the visitor has read, where that says something new of another's words. */
  private async tellSeen(): Promise<void> {
    const secret = this.secret();
    const last = this.messages.findLast((message) => message.author !== 'customer')?.id;
    if (secret === null || last === undefined || (this.seenTold !== null && compareIds(last, this.seenTold) <= 0)) return;
    const before = this.seenTold;
    this.seenTold = last;
    await this.api.seen(secret, last).catch(() => (this.seenTold = before));
  }

  /** The network is back, or the visitor is. */
  private back(): void {
    this.sender.wake();
    this.live.hurry();
    this.changed();
  }

  private sent(message: Message): void {
    this.messages = merge(this.messages, [message]);
    this.unreachable = this.unverified = false;
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
    const renew = performance.now() - this.linksRead > LINKS_MS;
    try {
      let after = all || renew ? null : readAfter(this.messages);
      if (after === null) this.linksRead = performance.now();
      for (let page = 0; page < MOST_PAGES; page++) {
        const read = await this.api.conversation(secret, after);
        if (this.secret() !== secret) return false;
        // It became part of another one, which says more than what is new.
        if (this.take(read) && after !== null) {
          after = null;
          continue;
        }
        if (read.messages.length < PAGE) break;
        after = read.messages.at(-1)!.id;
      }
      this.unreachable = false;
    } catch (error) {
      if (error instanceof Failure && error.kind === 'unknown') this.unknownVisitor(secret);
      else this.failed(error);
    }
    this.loaded = true;
    this.changed();
    return this.messages.length > before;
  }

  /** Returns whether it is another conversation than before. */
  private take(read: Conversation): boolean {
    // A conversation that was begun anew, here or in another tab, has none of the old one's messages.
    const another = this.conversation !== null && this.conversation.id !== read.id && this.conversation.id !== null;
    this.messages = merge(another ? [] : this.messages, read.messages);
    if (another || read.messages.some((message) => message.author === 'person' && message.name === this.typist?.name)) this.stopTyping();
    this.conversation = read;
    if (another) this.seenTold = null;
    const known = read.seen_by_customer;
    if (known !== null) {
      if (this.seenTold === null || compareIds(known, this.seenTold) > 0) this.seenTold = known;
      // Read on another device.
      if (this.seen === null || compareIds(known, this.seen) > 0) this.seen = known;
    }
    this.leaving = [];
    // The answer to a send was lost on its way, but the message had arrived.
    const received = new Set(read.messages.map((message) => message.client_id));
    for (const item of this.outbox.list()) if (received.has(item.client_id)) this.outbox.remove(item.client_id);
    return another;
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
