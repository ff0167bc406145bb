// The rows that are chosen, one by one or as ranges. What is open is another matter.
import { between } from './select';

export class Selection {
  #ids = $state.raw<ReadonlySet<string>>(new Set());
  /** Where the range begins that is being extended, where it ends, and what was chosen before it. */
  #anchor: string | undefined;
  #head: string | undefined;
  #base: ReadonlySet<string> = new Set();

  get size(): number {
    return this.#ids.size;
  }
  get ids(): string[] {
    return [...this.#ids];
  }
  has(id: string): boolean {
    return this.#ids.has(id);
  }

  toggle(id: string): void {
    const next = new Set(this.#ids);
    if (!next.delete(id)) next.add(id);
    this.#base = new Set([...next].filter((other) => other !== id));
    this.#anchor = this.#head = id;
    this.#ids = next;
  }
  /** Everything from where the range begins to this row. */
  extendTo(order: readonly string[], id: string): void {
    if (this.#anchor === undefined || !order.includes(this.#anchor)) return this.toggle(id);
    this.#head = id;
    this.#ids = new Set([...this.#base, ...between(order, this.#anchor, id)]);
  }
  /** Moves the end of the range by so many rows; a first one begins at `from`. Returns the row at the end. */
  step(order: readonly string[], by: number, from: string | undefined): string | undefined {
    if (this.#anchor === undefined || !order.includes(this.#anchor)) {
      const start = from && order.includes(from) ? from : order[0];
      this.#anchor = this.#head = start;
      this.#base = this.#ids;
    }
    const at = order.indexOf(this.#head ?? '');
    const to = order[Math.min(order.length - 1, Math.max(0, at + by))];
    if (to !== undefined) this.extendTo(order, to);
    return to;
  }
  all(order: readonly string[]): void {
    this.#ids = this.#base = new Set(order);
    this.#anchor = this.#head = undefined;
  }
  clear(): void {
    if (this.#ids.size) this.#ids = new Set();
    this.#base = new Set();
    this.#anchor = this.#head = undefined;
  }
  /** What is not in the list is not chosen. */
  keep(order: readonly string[]): void {
    const there = new Set(order);
    const kept = [...this.#ids].filter((id) => there.has(id));
    if (kept.length !== this.#ids.size) this.#ids = new Set(kept);
    this.#base = new Set([...this.#base].filter((id) => there.has(id)));
  }
}
