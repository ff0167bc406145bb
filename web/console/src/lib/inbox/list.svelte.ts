// The list of the inbox: pages, live re-reading, the row that is selected.
import { conversations, type ApiError, type ConversationItem, type Counts, type Searched } from '$lib/api';
import { ApiError as Failure } from '$lib/api';
import type { Query } from '$lib/api/client';
import { append, merge } from './merge';

const PAGE = 50;
const LIMIT = 200;

const same = (a: Query, b: Query) => JSON.stringify(a) === JSON.stringify(b);

export class InboxList {
  items = $state.raw<ConversationItem[]>([]);
  gone = $state.raw<Set<string>>(new Set());
  waiting = $state(0);
  counts = $state.raw<Counts | undefined>();
  error = $state.raw<ApiError | undefined>();
  /** Nothing of this query has been shown yet. */
  fresh = $state(true);
  more = $state(false);
  /** How the search went; none without words. */
  searched = $state.raw<Searched | undefined>();
  /** The list is under the pointer or scrolled: rows keep their places. */
  hold = $state(false);
  selected = $state<string | null>(null);

  #query: Query = {};
  #next: string | null = null;
  #reading: AbortController | undefined;
  #paging = false;

  /** Shows another view or filter from its beginning. */
  async open(query: Query): Promise<void> {
    // While words are typed, what was found last stays until there is something better to show.
    const typing = Boolean(query.q && this.#query.q) && same({ ...query, q: '' }, { ...this.#query, q: '' });
    this.#query = query;
    this.fresh = true;
    this.waiting = 0;
    if (!typing) this.items = [];
    this.gone = new Set();
    if (!typing) this.searched = undefined;
    await this.read(true);
  }

  /** Reads what is shown again. `release` lets the rows move. */
  async read(release = false): Promise<void> {
    this.#reading?.abort();
    const mine = (this.#reading = new AbortController());
    const limit = Math.min(LIMIT, Math.max(PAGE, this.items.length));
    try {
      const page = await conversations.list({ ...this.#query, limit }, mine.signal);
      if (mine.signal.aborted) return;
      const hold = this.hold && !release;
      const merged = merge(this.items, page.items, { hold, complete: page.next === null, keep: this.fresh ? undefined : (this.selected ?? undefined) });
      this.items = merged.items;
      this.waiting = merged.waiting;
      this.gone = merged.gone;
      if (!hold || this.items.length <= limit) this.#next = page.next;
      this.more = this.#next !== null;
      this.searched = page.searched ?? undefined;
      this.error = undefined;
      this.fresh = false;
    } catch (error) {
      if (!mine.signal.aborted && error instanceof Failure) this.error = error;
    }
  }

  async readCounts(): Promise<void> {
    try {
      this.counts = await conversations.counts();
    } catch {
      // The old counts stay; the list itself says when the server cannot be reached.
    }
  }

  /** The page below, when the end of the list comes near. */
  async readMore(): Promise<void> {
    if (this.#paging || !this.#next) return;
    this.#paging = true;
    const query = this.#query;
    try {
      const page = await conversations.list({ ...query, limit: PAGE, cursor: this.#next });
      if (query !== this.#query) return;
      this.items = append(this.items, page.items);
      this.#next = page.next;
      this.more = page.next !== null;
    } catch (error) {
      if (error instanceof Failure) this.error = error;
    } finally {
      this.#paging = false;
    }
  }

  /** The row some steps from the selected one; the first when none is selected. */
  step(by: number): ConversationItem | undefined {
    const at = this.items.findIndex((item) => item.id === this.selected);
    if (at < 0) return this.items[0];
    return this.items[Math.min(this.items.length - 1, Math.max(0, at + by))];
  }

  /** Shows a row as it is known to be now, before the list is read again. */
  patch(id: string, change: Partial<ConversationItem>): void {
    this.items = this.items.map((item) => (item.id === id ? { ...item, ...change } : item));
  }
}
