/** Files for the next message: uploaded at once, so that sending is quick. */

import { Failure } from '../api';
import type { Attached } from '../types';
import type { Context } from './context';
import { h, icon, unseen } from './dom';

const LARGEST = 25 * 1024 * 1024;
const MOST = 10;

/** Uploads a file; tells how far it is, from 0 to 1. */
export type Upload = (file: File, progress: (share: number) => void, signal: AbortSignal) => Promise<Attached>;

interface Item {
  name: string;
  row: HTMLElement;
  stop: AbortController;
  kept?: Attached;
  problem?: boolean;
}

export class Attach {
  readonly list = h('ul', { class: 'uploads', hidden: true });
  readonly button: HTMLButtonElement;
  readonly input: HTMLInputElement;
  private items: Item[] = [];

  constructor(
    private readonly context: Context,
    private readonly upload: Upload,
    private readonly remove: (id: string) => void,
    /** Something came, went, or is there now. */
    private readonly changed: () => void,
  ) {
    const { t } = context;
    this.input = h('input', { type: 'file', multiple: true, hidden: true, 'aria-label': t.attach, onchange: () => this.chosen() });
    this.button = h('button', { type: 'button', class: 'round clip', 'aria-label': t.attach, title: t.attach, onclick: () => this.input.click() });
    this.button.append(icon('m20 11-8.500 8.500a5 5 0 0 1-7-7L13 4a3.300 3.300 0 0 1 4.700 4.700l-8.500 8.500a1.700 1.700 0 0 1-2.400-2.400l7.900-7.900'));
  }

  /** Some are still on their way, or did not get through. */
  get unfinished(): boolean {
    return this.items.some((item) => !item.kept);
  }

  get failed(): boolean {
    return this.items.some((item) => item.problem);
  }

  get files(): Attached[] {
    return this.items.flatMap((item) => item.kept ?? []);
  }

  get any(): boolean {
    return this.items.length > 0;
  }

  add(files: Iterable<File>): void {
    const { t } = this.context;
    for (const file of files) {
      if (file.size > LARGEST) this.context.warn(t.tooLarge(file.name));
      else if (this.items.length >= MOST) this.context.warn(t.tooManyFiles);
      else this.send(file);
    }
  }

  /** Puts files back that are uploaded already. */
  restore(files: readonly Attached[]): void {
    for (const kept of files) {
      const item = this.begin(kept.name);
      this.done(item, kept);
    }
  }

  /** They are sent. */
  clear(): void {
    this.items = [];
    this.list.replaceChildren();
    this.list.hidden = true;
  }

  private chosen(): void {
    this.add([...(this.input.files ?? [])]);
    // The same file may be chosen again after it was removed.
    this.input.value = '';
  }

  private begin(name: string): Item {
    const item: Item = { name, row: h('li'), stop: new AbortController() };
    this.items.push(item);
    this.list.append(item.row);
    this.list.hidden = false;
    return item;
  }

  private send(file: File): void {
    const item = this.begin(file.name || 'photo.png');
    void this.attempt(item, file);
  }

  private async attempt(item: Item, file: File): Promise<void> {
    const { t, locale } = this.context;
    item.problem = false;
    const state = h('span', { class: 'state' });
    const share = new Intl.NumberFormat(locale, { style: 'percent' });
    const show = (part: number) => (state.textContent = share.format(part));
    show(0);
    this.draw(item, state);
    this.changed();
    try {
      this.done(item, await this.upload(file, show, item.stop.signal));
    } catch (error) {
      if (item.stop.signal.aborted) return;
      item.problem = true;
      const refused = error instanceof Failure && error.kind === 'refused';
      const why = refused ? error.detail : t.notUploaded;
      const again = !refused && h('button', { type: 'button', class: 'quiet', onclick: () => this.attempt(item, file) }, t.tryAgain);
      this.draw(item, h('span', { class: 'state late' }, why), again);
      this.context.say(`${item.name}: ${why}`);
      this.changed();
    }
  }

  private done(item: Item, kept: Attached): void {
    item.kept = kept;
    this.draw(item, h('span', { class: 'state' }, size(kept.size, this.context.locale)));
    this.changed();
  }

  private draw(item: Item, ...more: (Node | false)[]): void {
    const label = this.context.t.removeFile(item.name);
    const remove = h('button', { type: 'button', class: 'round', 'aria-label': label, title: label, onclick: () => this.drop(item) }, icon('M7 7 17 17M17 7 7 17') as Node);
    item.row.replaceChildren(h('bdi', { class: 'name' }, item.name), ...more.filter((part) => part !== false), remove);
  }

  private drop(item: Item): void {
    item.stop.abort();
    if (item.kept) this.remove(item.kept.id);
    const next = item.row.nextElementSibling ?? item.row.previousElementSibling;
    this.items = this.items.filter((other) => other !== item);
    item.row.remove();
    this.list.hidden = !this.any;
    (next?.querySelector<HTMLElement>('.round') ?? this.button).focus();
    this.changed();
  }
}

/** "1.2 MB", in the words of the language. */
export function size(bytes: number, locale: string): string {
  const [value, unit] = bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1_000)), 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
}

/** What is attached to a message: pictures small, everything else by its name. Without addresses only the names. */
export function filesOf(files: readonly (Attached & { content_type?: string; url?: string })[], context: Context, base: URL): HTMLElement | null {
  if (files.length === 0) return null;
  const { t, locale } = context;
  const rows = files.map(({ name, size: bytes, content_type = '', url }) => {
    const words = [h('bdi', { class: 'name' }, name), h('span', { class: 'state' }, size(bytes, locale))];
    if (url === undefined) return h('li', {}, h('span', { class: 'file' }, ...words));
    const href = new URL(url, base).href;
    const picture = /^image\/(png|jpeg|gif|webp)$/.test(content_type);
    if (!picture) return h('li', {}, h('a', { href, class: 'file', download: name }, ...words));
    return h('li', {}, h('a', { href, target: '_blank', rel: 'noopener' }, h('img', { src: href, alt: name, loading: 'lazy' }), unseen(` ${t.opensInNewTab}`)));
  });
  return h('ul', { class: 'files' }, ...rows);
}
