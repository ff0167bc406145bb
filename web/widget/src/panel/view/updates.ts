/** What all customers are told, pinned above the chat: the title stays in sight, the rest opens. */

import type { Told } from '../types';
import type { Context } from './context';
import { h } from './dom';

const STATES = ['investigating', 'identified', 'monitoring', 'resolved'];
/** Asked anew so often where no stream tells of changes. */
const AGAIN_MS = 20_000;

export class UpdatesView {
  readonly element: HTMLElement;
  private shown = '';
  private leaves: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly context: Context,
    private readonly read: () => Promise<Told[]>,
  ) {
    this.element = h('section', { class: 'updates', 'aria-label': context.t.updates, hidden: true });
    setInterval(() => document.hidden || void this.refresh(), AGAIN_MS);
    document.addEventListener('visibilitychange', () => document.hidden || void this.refresh());
    void this.refresh();
  }

  /** Reads and draws what is told now. What cannot be read stays as it was. */
  async refresh(): Promise<void> {
    const items = await this.read().catch(() => null);
    if (!items) return;
    clearTimeout(this.leaves);
    if (items.length > 0) this.leaves = setTimeout(() => void this.refresh(), Math.min(...items.map((item) => Math.max(1_000, item.left)), 2 ** 31 - 1));
    const versions = items.map((item) => item.version).join();
    if (versions === this.shown) return;
    this.shown = versions;
    const open = this.element.contains(document.activeElement);
    this.element.replaceChildren(...items.map((item) => this.one(item)));
    this.element.hidden = items.length === 0;
    if (open) this.element.querySelector('summary')?.focus();
    if (items[0]) this.context.say(`${this.word(items[0])}: ${items[0].title}`);
  }

  private word(item: Told): string {
    return this.context.t.matterStates[STATES.indexOf(item.state)] ?? this.context.t.matterStates[0];
  }

  private one(item: Told): HTMLElement {
    const { t } = this.context;
    // What is over hurts nobody any more.
    const impact = item.state === 'resolved' ? 'none' : item.impact;
    const link = h('a', { href: item.url, target: '_blank', rel: 'noopener' }, t.allUpdates);
    const more = h('div', { class: 'told', dir: 'auto' }, item.text);
    const sign = h('span', { class: 'sign', 'aria-hidden': 'true' }, impact === 'none' ? 'ℹ' : '⚠');
    return h('details', { class: impact, role: impact === 'critical' && 'alert' }, h('summary', { dir: 'auto' }, sign, ' ', h('b', {}, `${this.word(item)}:`), ` ${item.title}`), more, link);
  }
}
