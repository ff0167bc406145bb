// Puts what was just read beside what is shown, without moving what a person looks at.

export interface Merged<T> {
  items: T[];
  /** New rows that are held back until asked for. */
  waiting: number;
  /** Rows that no longer belong to the view but stay until the person moves on. */
  gone: Set<string>;
}

/**
 * With `hold`, every shown row keeps its place: contents change, new rows wait, rows that left are marked.
 * `complete` says that the view has no further page. Without `hold` the fresh order stands; only the `keep` row stays where it was if it has left the view.
 */
export function merge<T extends { id: string }>(shown: readonly T[], fresh: readonly T[], options: { hold: boolean; keep?: string | undefined; complete?: boolean }): Merged<T> {
  const byId = new Map(fresh.map((item) => [item.id, item]));
  const known = new Set(shown.map((item) => item.id));
  const arrivals = fresh.filter((item) => !known.has(item.id)).length;

  if (options.hold && shown.length > 0) {
    // Rows after the last one that was read again may only have been pushed out of the page by arrivals.
    const last = shown.findLastIndex((item) => byId.has(item.id));
    const gone = new Set(shown.filter((item, i) => !byId.has(item.id) && (options.complete || i < last)).map((item) => item.id));
    return { items: shown.map((item) => byId.get(item.id) ?? item), waiting: arrivals, gone };
  }
  const items = [...fresh];
  const gone = new Set<string>();
  const at = options.keep ? shown.findIndex((item) => item.id === options.keep) : -1;
  const kept = shown[at];
  if (kept && !byId.has(kept.id)) {
    items.splice(Math.min(at, items.length), 0, kept);
    gone.add(kept.id);
  }
  return { items, waiting: 0, gone };
}

/** Adds a page below; rows that are there already are not doubled. */
export function append<T extends { id: string }>(shown: readonly T[], page: readonly T[]): T[] {
  const known = new Set(shown.map((item) => item.id));
  return [...shown, ...page.filter((item) => !known.has(item.id))];
}

/** Messages of two reads as one list: each once, the newer reading wins, in the order of their ids. */
export function threadOf<T extends { id: string }>(before: readonly T[], fresh: readonly T[]): T[] {
  const byId = new Map<string, T>();
  for (const message of [...before, ...fresh]) byId.set(message.id, message);
  return [...byId.values()].sort((a, b) => compareIds(a.id, b.id));
}

/** Ids are whole numbers written as text; they can be longer than a number can hold exactly. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** The rows of a list with equal heights that can be seen, with some to spare on both sides. */
export function visible(scrollTop: number, height: number, rowHeight: number, total: number, spare = 6): { from: number; to: number } {
  const from = Math.max(0, Math.floor(scrollTop / rowHeight) - spare);
  const to = Math.min(total, Math.ceil((scrollTop + height) / rowHeight) + spare);
  return { from: Math.min(from, Math.max(0, total - 1)), to };
}
