// What a person has begun to write. Kept in the browser at once and on the server a moment later.
import { conversations } from '$lib/api';

type Kind = 'reply' | 'note';

export class Draft {
  reply = $state('');
  note = $state('');
  saved = $state<'saved' | 'saving' | 'kept-here' | ''>('');
  #timer: ReturnType<typeof setTimeout> | undefined;
  #touched = false;
  /** One save after the other: an older text never comes after a newer one. */
  #saving: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly user: string,
    private readonly conversation: string,
  ) {
    this.note = this.#local('note') ?? '';
    this.reply = this.#local('reply') ?? '';
  }

  /** Brings the draft of another browser, unless something newer is here. */
  async load(): Promise<void> {
    if (this.reply) return void this.#save();
    try {
      const stored = await conversations.draft(this.conversation);
      if (stored?.text && !this.#touched) {
        this.reply = stored.text;
        this.saved = 'saved';
      }
    } catch {
      // Without the server there is no other draft to bring.
    }
  }

  write(kind: Kind, text: string): void {
    this.#touched = true;
    this[kind] = text;
    this.#keep(kind, text);
    if (kind === 'note') return;
    this.saved = 'saving';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), 700);
  }

  /** It was sent. */
  clear(kind: Kind): void {
    const had = this[kind] !== '';
    this[kind] = '';
    this.#keep(kind, '');
    if (kind === 'note') return;
    clearTimeout(this.#timer);
    this.saved = '';
    if (had) void this.#put('').catch(() => undefined);
  }

  /** Drops a draft that turns out to be sent already: the page was left before the answer to it came. */
  settle(sent: string | undefined): void {
    if (!this.#touched && sent && this.reply.trim() === sent.trim()) this.clear('reply');
  }

  /** Writes what is not written yet, when the person moves on. */
  flush(): void {
    if (this.saved !== 'saving') return;
    clearTimeout(this.#timer);
    void this.#save();
  }

  #put(text: string): Promise<unknown> {
    const put = () => conversations.saveDraft(this.conversation, text);
    return (this.#saving = this.#saving.then(put, put));
  }

  async #save(): Promise<void> {
    const text = this.reply;
    try {
      await this.#put(text);
      if (text !== this.reply) return;
      this.saved = text ? 'saved' : '';
      this.#keep('reply', '');
    } catch {
      this.saved = 'kept-here';
    }
  }

  #key(kind: Kind): string {
    return `hc-${kind}:${this.user}:${this.conversation}`;
  }
  #local(kind: Kind): string | null {
    return localStorage.getItem(this.#key(kind));
  }
  #keep(kind: Kind, text: string): void {
    try {
      if (text) localStorage.setItem(this.#key(kind), text);
      else localStorage.removeItem(this.#key(kind));
    } catch {
      // Storage can be full or forbidden; the server still has it.
    }
  }
}
