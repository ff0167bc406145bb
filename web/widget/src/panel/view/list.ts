/** The visitor's conversations: to go back to one, or to begin another. */

import type { Summary } from '../types';
import type { Context } from './context';
import { h, unseen } from './dom';

export interface ListActions {
  read(before: string | null): Promise<{ items: Summary[]; next: string | null }>;
  open(id: string): Promise<void>;
  startAnew(): Promise<void>;
  /** The list is done with. */
  leave(): void;
}

export class ListView {
  readonly element: HTMLElement;
  private readonly list = h('ul', { class: 'chats' });
  private readonly more: HTMLButtonElement;
  private readonly heading: HTMLElement;
  private next: string | null = null;

  constructor(
    private readonly context: Context,
    private readonly actions: ListActions,
  ) {
    const { t } = context;
    this.heading = h('h2', { id: 'chats', tabindex: -1 }, t.conversations);
    this.more = h('button', { type: 'button', class: 'plain', hidden: true, onclick: () => this.read() }, t.showMore);
    const leave = () => actions.leave();
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      // Back to the chat, not out of it.
      event.preventDefault();
      leave();
    };
    this.element = h(
      'section',
      { class: 'list', 'aria-labelledby': 'chats', hidden: true, onkeydown: key },
      h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'plain', onclick: leave }, t.back), h('button', { type: 'button', class: 'main', onclick: () => this.go(actions.startAnew) }, t.startAnew)),
      this.heading,
      this.list,
      this.more,
    );
  }

  /** Shows the list, read anew. */
  async show(): Promise<void> {
    this.element.hidden = false;
    this.next = null;
    this.list.replaceChildren();
    this.more.hidden = true;
    this.heading.focus();
    await this.read();
  }

  private async read(): Promise<void> {
    const first = this.list.childElementCount;
    await this.context.attempt(async () => {
      const { items, next } = await this.actions.read(this.next);
      this.list.append(...items.map((item) => this.row(item)));
      this.next = next;
      this.more.hidden = next === null;
    });
    // The button that was pressed may be gone: go on at the first that is new.
    if (first > 0) this.list.children[first]?.querySelector('button')?.focus();
  }

  private async go(action: () => Promise<void>): Promise<void> {
    if (await this.context.attempt(action)) this.actions.leave();
  }

  private row({ id, status, author, name, preview, at, unread }: Summary): HTMLElement {
    const { t, locale } = this.context;
    const who = author === 'customer' ? t.you : author === 'assistant' ? t.assistant : author === 'person' ? (name ?? '') : t.automaticNote;
    const date = new Date(at);
    return h(
      'li',
      {},
      h(
        'button',
        { type: 'button', class: 'chat', onclick: () => this.go(() => this.actions.open(id)) },
        h('span', { class: 'line' }, h('strong', { dir: 'auto' }, who), h('time', { datetime: at }, date.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' }))),
        h('span', { class: 'line' }, h('span', { class: 'preview', dir: 'auto' }, preview), unread > 0 && h('b', { class: 'badge' }, h('span', { 'aria-hidden': 'true' }, String(unread)), unseen(t.unread(unread)))),
        h('span', { class: 'state' }, status === 'resolved' ? t.ended : t.open),
      ),
    );
  }
}
