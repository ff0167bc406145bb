// One conversation that is open: its state, its messages, and what can be done with it.
import { ApiError, conversations, issues, newKey, type Conversation, type Message, type Status } from '$lib/api';
import { Resource } from '$lib/state/resource.svelte';
import { decide } from '$lib/issues/decide';
import { toasts } from '$lib/state/toasts.svelte';
import { serverNow } from '$lib/time';
import { correctionSaid, wayBack, type Corrected } from './correction';
import { compareIds, threadOf } from './merge';

interface Sending {
  key: string;
  text: string;
  note: boolean;
  /** The newest message when it was sent first. */
  after: string | undefined;
}
interface Page {
  items: Message[];
  next: string | null;
}

const isAfter = (message: Message, id: string | undefined): boolean => !id || compareIds(message.id, id) > 0;

export class Thread {
  readonly detail: Resource<Conversation>;
  readonly page: Resource<Page>;
  older = $state.raw<Message[]>([]);
  #sending = $state.raw<Sending[]>([]);
  /** A reply was held back: the customer had written after this message, or at all. */
  heldBack = $state<{ after: string | undefined } | null>(null);
  answer = $state<{ id: string; text: string } | null>(null);
  /** The reply and the note that were sent last, while no answer to them was heard. */
  #unheard: Partial<Record<'reply' | 'note', { mine: Sending; request: (key: string) => Promise<Conversation> }>> = {};
  #olderNext = $state<string | null | undefined>(undefined);

  constructor(
    readonly id: string,
    private readonly changed: (conversation: Conversation) => void,
  ) {
    this.detail = new Resource((signal) => conversations.read(id, signal), () => `conversation:${id}`);
    this.page = new Resource((signal) => conversations.messages(id, { limit: 50 }, signal), () => `messages:${id}`);
  }

  get messages(): Message[] {
    return threadOf(this.older, this.page.data?.items ?? []);
  }
  /** What is on its way: until it is among the messages, which can be before its answer comes. */
  get sending(): Sending[] {
    return this.#sending.filter((s) => !this.messages.some((m) => m.user && m.note === s.note && m.text === s.text && isAfter(m, s.after)));
  }
  get hasOlder(): boolean {
    return (this.#olderNext === undefined ? this.page.data?.next : this.#olderNext) != null;
  }
  /** The newest message of the customer that is on the screen. */
  get seen(): string | undefined {
    return this.messages.filter((m) => m.author === 'customer').at(-1)?.id;
  }

  /** What the customer wrote while the reply that was held back was being written, as far as it is read. */
  get unseen(): Message[] {
    if (!this.heldBack) return [];
    const { after } = this.heldBack;
    return this.messages.filter((m) => m.author === 'customer' && isAfter(m, after));
  }

  refresh = async (): Promise<void> => {
    await Promise.all([this.detail.refresh(), this.page.refresh()]);
  };
  stop(): void {
    this.detail.stop();
    this.page.stop();
  }

  async readOlder(): Promise<void> {
    const before = this.#olderNext === undefined ? this.page.data?.next : this.#olderNext;
    if (!before) return;
    try {
      const page = await conversations.messages(this.id, { limit: 50, before });
      this.older = threadOf(page.items, this.older);
      this.#olderNext = page.next;
    } catch (error) {
      toasts.fail(error);
    }
  }

  /** Sends a reply. Returns whether it went out; if not, the text stays with the writer. */
  async reply(text: string, then: 'waiting' | 'resolved', files: string[] = []): Promise<boolean> {
    const answer = this.answer && text.includes(this.answer.text) ? this.answer.id : undefined;
    const seen = this.seen;
    const body = { text, then, ...(answer ? { answer_id: answer } : {}), ...(seen ? { seen } : {}), ...(files.length ? { files } : {}) };
    const sent = await this.#send(text, false, (key) => conversations.reply(this.id, body, key), seen);
    if (sent === 'no') return false;
    this.heldBack = null;
    this.answer = null;
    // What went out is an earlier try, which may have asked for another state.
    if (sent === 'earlier' && this.detail.data && this.detail.data.status !== then) await this.setStatus(then);
    return true;
  }
  async note(text: string, files: string[] = []): Promise<boolean> {
    const body = { text, ...(files.length ? { files } : {}) };
    return (await this.#send(text, true, (key) => conversations.note(this.id, body, key))) !== 'no';
  }

  async #send(text: string, note: boolean, call: (key: string) => Promise<Conversation>, seen?: string): Promise<'no' | 'sent' | 'earlier'> {
    const kind = note ? 'note' : 'reply';
    // Again what may have gone out already, for its answer was not heard: the same request, so that it is one message.
    const again = this.#unheard[kind]?.mine.text === text ? this.#unheard[kind] : undefined;
    this.#unheard[kind] = undefined;
    const mine: Sending = again?.mine ?? { key: newKey(), text, note, after: this.messages.at(-1)?.id };
    const request = again?.request ?? call;
    const done = () => (this.#sending = this.#sending.filter((s) => s.key !== mine.key));
    this.#sending = [...this.#sending, mine];
    try {
      this.#take(await request(mine.key));
      await this.page.refresh();
      return again ? 'earlier' : 'sent';
    } catch (error) {
      const held = error instanceof ApiError && error.status === 409 && error.field === 'seen';
      // The first try had not gone out, and the customer wrote after it. That is on the screen now, so this is a reply to it.
      if (held && again) {
        done();
        return await this.#send(text, note, call, seen);
      }
      if (held) {
        this.heldBack = { after: seen };
        await this.refresh();
      } else toasts.fail(error);
      // A server that broke off, or one in between that gave up, may have done it.
      if (!(error instanceof ApiError) || error.offline || error.status >= 500) this.#unheard[kind] = { mine, request };
      return 'no';
    } finally {
      done();
    }
  }

  /** Shows a change at once, carries it out, and takes it back if that fails. */
  async change(guess: Partial<Conversation>, call: () => Promise<Conversation>, said?: string, undo?: () => void): Promise<void> {
    const before = this.detail.data;
    if (before) this.#take({ ...before, ...guess });
    try {
      this.#take(await call());
      if (said) toasts.say(said, undo ? { label: 'Undo', run: undo } : undefined);
    } catch (error) {
      if (before) this.#take(before);
      toasts.fail(error);
    }
  }

  setStatus = (to: Status): Promise<void> => {
    const from = this.detail.data?.status ?? 'open';
    const words = { open: 'Opened again.', waiting: 'Waiting for the customer.', resolved: 'Resolved.' };
    return this.change({ status: to }, () => conversations.status(this.id, to), words[to], () => void this.change({ status: from }, () => conversations.status(this.id, from)));
  };
  assign = async (to: { id: string; name: string } | null): Promise<void> => {
    const from = this.detail.data?.assignee?.id ?? null;
    await this.change({ assignee: to }, () => conversations.assign(this.id, to?.id ?? null, from), to ? `Assigned to ${to.name}.` : 'Assigned to nobody.');
    // Somebody may have been faster: who has it now is shown.
    if ((this.detail.data?.assignee?.id ?? null) !== (to?.id ?? null)) await this.detail.refresh();
  };
  snooze = (until: number | null): Promise<void> => {
    const at = until === null ? null : new Date(until).toISOString();
    return this.change({ snoozed_until: at }, () => conversations.snooze(this.id, at), at ? 'Snoozed. It comes back by itself.' : 'Back in the list.');
  };
  link = (issue: { id: string; title: string } | null): Promise<void> => this.change({ issue }, () => conversations.link(this.id, issue?.id ?? null), issue ? `Linked to “${issue.title}”.` : 'Link removed.');
  /** Whether it repeats the issue that is suggested. */
  repeats = async (issue: { id: string; title: string }, yes: boolean): Promise<void> => {
    const call = () => (yes ? issues.accept(issue.id, this.id) : issues.refuse(issue.id, this.id));
    const said = yes ? `Linked to “${issue.title}”.` : `Not a repeat of “${issue.title}”. The like of it is not asked about again.`;
    await decide(call, said, () => void this.detail.refresh().then(() => this.detail.data && this.changed(this.detail.data)));
  };
  tag = (tags: string[]): Promise<void> => this.change({ tags }, () => conversations.tags(this.id, tags));
  /** Sets one field, or takes its value away. Throws what the server objects to: it is shown beside the field. */
  setField = async (key: string, value: string | null): Promise<void> => this.#take(await conversations.fields(this.id, { [key]: value }));
  /** Corrects the first look at once. Undo sets back what this changed, which also takes the lesson back. */
  correct = (correction: Corrected): Promise<void> => {
    const before = this.detail.data?.triage;
    const back = before ? wayBack(correction, before) : undefined;
    return this.#correct(correction, correctionSaid(correction, before), back && (() => void this.#correct(back, 'Taken back, and forgotten.')));
  };
  #correct(correction: Corrected, said: string, undo?: () => void): Promise<void> {
    const { scenario, category, ...rest } = correction;
    const guess = { ...rest, ...(scenario === undefined ? {} : { scenario: scenario || null }) };
    const of = category === undefined ? {} : { category: category || null };
    const triage = this.detail.data ? { triage: { ...this.detail.data.triage, ...guess, ...of } } : {};
    return this.change({ ...guess, ...triage }, () => conversations.triage(this.id, correction), said, undo);
  }
  /** Says whether the assistant's answer was right, or takes that back. */
  judge = (verdict: 'right' | 'wrong' | null): Promise<void> => {
    const judged = this.detail.data?.judged;
    if (!judged) return Promise.resolve();
    const before = judged.by_hand ? judged.verdict : null;
    const guess = { judged: { ...judged, verdict, by_hand: verdict !== null, source: verdict ? ('person' as const) : null } };
    const words = { right: 'Recorded: the right answer.', wrong: 'Recorded: the wrong answer.' };
    return this.change(guess, () => conversations.judge(this.id, judged.message, verdict), verdict ? words[verdict] : 'Taken back.', () => void this.judge(before));
  };
  /** A conversation of its own again, as it was. */
  unmerge = async (): Promise<void> => {
    await this.change({}, () => conversations.unmerge(this.id), 'A conversation of its own again.');
    await this.page.refresh();
  };

  /** How long ago, in seconds, the customer's oldest unanswered message came. */
  get waitingFor(): number | null {
    const since = this.detail.data?.waiting_since;
    return since ? (serverNow() - Date.parse(since)) / 1000 : null;
  }

  #take(conversation: Conversation): void {
    this.detail.set(conversation);
    this.changed(conversation);
  }
}
