/** The scrolled log: days, messages, and where the reader stands in it. */

import { compareIds, continues, type Entry } from '../log';
import type { ChatState } from '../chat';
import type { Context } from './context';
import { arrange, h } from './dom';
import { MessageView, type MessageActions } from './message';

/** Nearer to the last message's end than this counts as reading the newest. */
const NEAR_PX = 60;

export class LogView {
  private readonly log: HTMLElement;
  private readonly newer: HTMLButtonElement;
  readonly scroller: HTMLElement;
  readonly element: HTMLElement;
  private readonly views = new Map<string, MessageView>();
  private readonly days = new Map<string, HTMLElement>();
  private atEnd = true;
  /** Where it was last told to be. */
  private place = () => this.scroller.scrollHeight;
  private shown = 0;
  private below = 0;

  constructor(
    private readonly context: Context,
    private readonly actions: MessageActions,
    /** Called when the newest message has come into view. */
    private readonly reachedEnd: () => void,
    ...under: HTMLElement[]
  ) {
    const { t } = context;
    this.log = h('div', { role: 'log', 'aria-live': 'polite', 'aria-relevant': 'additions', 'aria-label': t.log, 'aria-busy': 'true' });
    this.scroller = h('div', { class: 'scroller', tabindex: 0, role: 'group', 'aria-label': t.title, onscroll: () => this.scrolled() }, this.log, ...under);
    this.newer = h('button', { type: 'button', class: 'newer', hidden: true, onclick: () => this.toEnd() });
    this.element = h('div', { class: 'middle' }, this.scroller, this.newer);
    // The keyboard of a phone, a longer text box: who read the newest goes on reading it.
    new ResizeObserver(() => this.atEnd && this.scrollTo(this.place)).observe(this.scroller);
  }

  /** Whether the newest message is in view, or at least its beginning. */
  get seesNewest(): boolean {
    const newest = this.log.lastElementChild as HTMLElement | null;
    return !newest || this.scroller.scrollTop + this.scroller.clientHeight >= newest.offsetTop + NEAR_PX / 2;
  }

  /** Brings a card into view, its beginning first. */
  reveal(element: HTMLElement): void {
    this.scrollTo(() => element.offsetTop);
  }

  update(state: ChatState): void {
    const lastOwn = state.entries.findLast((entry) => entry.message?.author === 'customer')?.key;
    const nothingWaits = !state.entries.some((entry) => entry.pending);
    const elements: HTMLElement[] = [];
    let day = '';
    let before: Entry | undefined;
    for (const entry of state.entries) {
      if (entry.message) {
        const next = new Date(entry.message.at).toLocaleDateString('en-CA');
        if (next !== day) elements.push(this.day((day = next), entry.message.at, state.now));
      }
      const view = this.views.get(entry.key) ?? new MessageView(this.context, this.actions, entry);
      this.views.set(entry.key, view);
      view.update(entry, {
        continues: continues(before, entry),
        lastSent: !nothingWaits || entry.key !== lastOwn ? null : entry.message && state.seenByTeam !== null && compareIds(entry.message.id, state.seenByTeam) <= 0 ? 'seen' : 'sent',
        retrying: state.retrying || !state.online,
        mayAskForPerson: state.conversation?.handler === 'assistant',
        // While a message is on its way, the question may be answered already.
        choices: nothingWaits && state.conversation?.question?.message === entry.message?.id ? (state.conversation?.question?.choices ?? []) : [],
      });
      elements.push(view.element);
      before = entry;
    }
    const keys = new Set(state.entries.map((entry) => entry.key));
    for (const key of this.views.keys()) if (!keys.has(key)) this.views.delete(key);
    const added = Math.max(0, state.entries.length - this.shown);
    const own = !state.entries.at(-1)?.message;
    const first = this.views.get(state.entries[this.shown]?.key ?? '')?.element;
    const opening = this.shown === 0;
    this.shown = state.entries.length;
    arrange(this.log, elements);
    // What was there on opening is history: read out only what comes from now on.
    if (state.loaded) requestAnimationFrame(() => this.log.setAttribute('aria-busy', 'false'));
    if (added === 0) return;
    if (own || opening) this.toEnd();
    // A long answer is read from its beginning.
    else if (this.atEnd && first) this.scrollTo(() => first.offsetTop);
    else this.setBelow(this.below + added);
  }

  toEnd(): void {
    this.scrollTo(() => this.scroller.scrollHeight);
  }

  /** As far as `top`, with a little air above, or to the end. */
  private scrollTo(top: () => number): void {
    this.place = top;
    this.scroller.scrollTop = top() - 12;
    this.scrolled();
  }

  private scrolled(): void {
    const { scrollTop, clientHeight } = this.scroller;
    this.atEnd = scrollTop + clientHeight > this.log.offsetTop + this.log.offsetHeight - NEAR_PX;
    if (!this.seesNewest) return;
    this.setBelow(0);
    this.reachedEnd();
  }

  private setBelow(count: number): void {
    this.below = count;
    // A hidden button cannot keep the focus: hand it on before it goes.
    if (count === 0 && document.activeElement === this.newer) this.scroller.focus();
    this.newer.hidden = count === 0;
    this.newer.textContent = count === 0 ? '' : `${this.context.t.newMessages(count)} ↓`;
  }

  private day(key: string, at: string, now: number): HTMLElement {
    const date = new Date(at);
    const ago = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000);
    const element = this.days.get(key) ?? h('p', { class: 'day' });
    const text = this.context.t.day(date, ago);
    if (element.textContent !== text) element.textContent = text;
    this.days.set(key, element);
    return element;
  }
}
