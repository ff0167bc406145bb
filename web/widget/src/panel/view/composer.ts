/** The text box. */

import type { Attached } from '../types';
import type { Attach } from './attach';
import type { Context } from './context';
import { h, icon } from './dom';

/** Characters of one message, as people count them (not bytes). */
export const TEXT_LIMIT = 4_000;
/** From here on the rest is counted down. */
const COUNT_FROM = TEXT_LIMIT - 400;

/** Where an unfinished text outlives a reload; each tab has its own. */
export interface Draft {
  read(): string;
  write(text: string): void;
}

/** How many more characters fit; negative is too many. */
export function room(text: string): number {
  return TEXT_LIMIT - [...text].length;
}

export class Composer {
  readonly box: HTMLTextAreaElement;
  readonly element: HTMLFormElement;
  private readonly count = h('p', { class: 'count', id: 'count', hidden: true });
  private readonly button: HTMLButtonElement;
  /** It was to be sent, but its files were still on their way. */
  private waiting = false;

  constructor(
    private readonly context: Context,
    private readonly draft: Draft,
    private readonly attach: Attach,
    private readonly send: (text: string, files: Attached[]) => void,
    /** Somebody types. */
    private readonly typed: () => void,
  ) {
    const { t } = context;
    this.box = h('textarea', {
      id: 'write',
      rows: 1,
      dir: 'auto',
      enterkeyhint: 'send',
      'aria-describedby': 'keys count',
      placeholder: t.write,
      oninput: () => {
        this.changed();
        if (this.box.value !== '') this.typed();
      },
      onkeydown: (event: KeyboardEvent) => this.key(event),
      onpaste: (event: ClipboardEvent) => this.take(event, event.clipboardData),
    });
    const label = h('label', { for: 'write', class: 'unseen' }, t.write);
    this.button = h('button', { type: 'submit', class: 'send', 'aria-label': t.send, title: t.send });
    this.button.append(icon('M4 12 20 4l-5 16-3.5-6.5Z M11.500 13.500 20 4'));
    const keys = h('span', { id: 'keys', class: 'unseen' }, t.keys);
    this.element = h('form', { class: 'composer', onsubmit: (event: Event) => this.submit(event) }, attach.list, attach.button, attach.input, label, this.box, this.button, keys, this.count);
    this.box.value = draft.read();
    this.changed();
  }

  /** Puts a text back that was not sent, before what is there. */
  restore(text: string): void {
    this.box.value = this.box.value.trim() === '' ? text : `${text}\n${this.box.value}`;
    this.changed();
    this.box.focus();
  }

  /** Files that are dropped or pasted go with the next message. What an office program copies is text with a picture of it: the text is meant. */
  take(event: Event, data: DataTransfer | null): void {
    if (!data?.files.length || data.types.includes('text/plain')) return;
    event.preventDefault();
    this.attach.add(data.files);
    this.box.focus();
  }

  /** Something changed with the files. */
  filesChanged(): void {
    if (this.waiting && !this.attach.unfinished) this.element.requestSubmit();
    if (this.attach.failed) this.waiting = false;
    this.changed();
  }

  invite(placeholder: string): void {
    if (this.box.placeholder !== placeholder) this.box.placeholder = placeholder;
  }

  /** Fits the height to the text; to be called when the box becomes visible, too. */
  grow(): void {
    this.box.style.height = 'auto';
    this.box.style.height = `${this.box.scrollHeight + this.box.offsetHeight - this.box.clientHeight}px`;
  }

  private key(event: KeyboardEvent): void {
    // While an input method composes, Enter chooses a candidate. Safari says so by the key code 229 only.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.element.requestSubmit();
  }

  private submit(event: Event): void {
    event.preventDefault();
    const text = this.box.value.trim();
    const left = room(text);
    if (left < 0) this.context.say(this.context.t.tooMany(-left));
    // It goes once its files are there.
    this.waiting = this.attach.unfinished && !this.attach.failed;
    if (this.waiting) this.context.say(this.context.t.filesFirst);
    if ((text === '' && !this.attach.any) || left < 0 || this.attach.unfinished) {
      this.box.focus();
      return;
    }
    this.box.value = '';
    const { files } = this.attach;
    this.attach.clear();
    this.changed();
    this.send(text, files);
    this.box.focus();
  }

  private changed(): void {
    const { t } = this.context;
    const left = room(this.box.value);
    this.draft.write(this.box.value);
    this.count.hidden = left > TEXT_LIMIT - COUNT_FROM;
    this.count.textContent = this.count.hidden ? '' : left < 0 ? t.tooMany(-left) : t.left(left);
    this.count.classList.toggle('late', left < 0);
    this.box.toggleAttribute('aria-invalid', false);
    if (left < 0) this.box.setAttribute('aria-invalid', 'true');
    this.button.classList.toggle('idle', (this.box.value.trim() === '' && !this.attach.any) || left < 0 || this.attach.unfinished);
    this.grow();
  }
}

