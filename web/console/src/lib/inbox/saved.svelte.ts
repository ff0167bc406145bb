// The views that people saved: read when the inbox or the palette wants them, counted as things happen.
import { views, type ConversationFilters, type SavedView, type SavedViewCount } from '$lib/api';
import { session } from '$lib/state/session.svelte';
import { toasts } from '$lib/state/toasts.svelte';

/** A saved view on the screen, perhaps with other filters than it was saved with. */
export interface Shown {
  view: SavedView;
  changed: boolean;
}

class SavedViewsRead {
  #items = $state.raw<SavedView[]>([]);
  #of = $state<string>();
  counts = $state.raw<ReadonlyMap<string, SavedViewCount>>(new Map());
  byHand = $state(false);
  /** They were read, so that what is not among them is not there. */
  get loaded(): boolean {
    return this.#of !== undefined && this.#of === session.me?.user.id;
  }
  get items(): SavedView[] {
    return this.loaded ? this.#items : [];
  }

  async read(): Promise<void> {
    const me = session.me?.user.id;
    try {
      const list = await views.list();
      if (me !== session.me?.user.id) return;
      this.#items = list.items;
      this.byHand = list.by_hand;
      this.#of = me;
    } catch (error) {
      if (!this.loaded) toasts.fail(error);
    }
  }
  async readCounts(): Promise<void> {
    try {
      const { items } = await views.counts();
      this.counts = new Map(items.map((count) => [count.id, count]));
      // A colleague shared one, or deleted it.
      if (this.loaded && (items.length !== this.#items.length || items.some((c) => !this.#items.some((v) => v.id === c.id)))) await this.read();
    } catch {
      // The old counts stay; the list itself says when the server cannot be reached.
    }
  }
  /** Both again, after one of them was changed. */
  async again(): Promise<void> {
    await this.read();
    await this.readCounts();
  }
  /** Moves one up or down by hand. */
  async move(id: string, by: number): Promise<void> {
    const ids = this.items.map((view) => view.id);
    const from = ids.indexOf(id);
    const to = Math.min(ids.length - 1, Math.max(0, from + by));
    if (from < 0 || from === to) return;
    ids.splice(to, 0, ...ids.splice(from, 1));
    await this.#order(ids);
  }
  byName = (): Promise<void> => this.#order(null);

  async #order(ids: string[] | null): Promise<void> {
    try {
      await views.order(ids);
      await this.read();
    } catch (error) {
      toasts.fail(error);
    }
  }
}

export const savedViews = new SavedViewsRead();

/** A count as it is shown: counting stops at a thousand. */
export function countText(count: SavedViewCount | undefined): string {
  if (!count || count.count === null || count.count === undefined) return '–';
  return count.more ? '999+' : String(count.count);
}

const NAMES = ['view', 'q', 'severity', 'scope', 'channel', 'issue', 'scenario', 'signal', 'assistant', 'wait', 'without', 'account', 'reach', 'dimension', 'value', 'since', 'until', 'assignee'] as const;

/** The filters of a view as they stand in the address of a window's inbox. */
export function toParams(filters: ConversationFilters, windowId: string): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of NAMES) {
    const value = filters[name];
    if (value) params.set(name, value);
  }
  if (filters.window && filters.window !== windowId) params.set('window', filters.window);
  else if (filters.window) params.set('here', '1');
  return params;
}

/** The filters that an address asks for. */
export function toFilters(params: URLSearchParams, windowId: string, view: string | null): ConversationFilters {
  const filters: Record<string, string> = {};
  const window = params.get('window') ?? (params.get('here') || params.get('scenario') ? windowId : null);
  if (window) filters.window = window;
  for (const name of NAMES) {
    const value = name === 'view' ? view : params.get(name);
    if (value) filters[name] = value;
  }
  return filters;
}
