// What stands in order by hand: shown at once, kept behind it, and given up where somebody else was faster.
import { tick } from 'svelte';

/** A list with what stands at one place at another one. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, at) => at !== from);
  const one = list[from];
  return one === undefined ? [...list] : [...rest.slice(0, to), one, ...rest.slice(to)];
}

const older = (a: string, b: string) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** Things as they were put by hand; those that were not stand behind, the oldest first. */
export function inOrder<T extends { id: string }>(things: readonly T[], order: readonly string[]): T[] {
  const places = new Map(order.map((id, place) => [id, place]));
  const place = (thing: T) => places.get(thing.id) ?? order.length;
  return [...things].sort((a, b) => place(a) - place(b) || older(a.id, b.id));
}

const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((id, at) => id === b[at]);

interface Keeping {
  /** The order that the server is known to have. */
  known: () => string[];
  /** Keeps another one, for somebody who read that one. */
  keep: (order: string[], read: string[]) => Promise<unknown>;
  /** Reads anew what the server has. */
  refresh: () => Promise<unknown>;
  fail: (problem: unknown) => void;
}

/** One list that can be put in order. */
export class Ordering {
  /** What a screen reader hears of the last move. */
  said = $state('');
  #wish = $state.raw<string[] | null>(null);
  #keeping = false;
  #of: Keeping;

  constructor(of: Keeping) {
    this.#of = of;
  }

  /** As it stands, with what is not kept yet. */
  get shown(): string[] {
    return this.#wish ?? this.#of.known();
  }

  /** Moves one by so many places; where it stands at the end already, nothing happens. */
  move(id: string, by: number, name: string): void {
    const now = this.shown;
    const to = now.indexOf(id) + by;
    if (!now.includes(id) || to < 0 || to >= now.length) return;
    this.#wish = moved(now, now.indexOf(id), to);
    this.said = `${name} is now ${to + 1} of ${now.length}.`;
    void this.#keep();
  }

  /** One request after the other; what was moved meanwhile goes with the next one. */
  async #keep(): Promise<void> {
    if (this.#keeping) return;
    this.#keeping = true;
    let read = this.#of.known();
    const waits = () => (this.#wish && !same(this.#wish, read) ? this.#wish : null);
    try {
      while (waits()) {
        for (let order = waits(); order; order = waits()) {
          await this.#of.keep(order, read);
          read = order;
        }
        // What is shown does not jump back before the new order is read. What was moved while it was read is kept too.
        await this.#of.refresh();
      }
    } catch (problem) {
      this.said = '';
      this.#of.fail(problem);
      await this.#of.refresh();
    }
    this.#wish = null;
    this.#keeping = false;
  }
}

/** Alt with ↑ or ↓ moves what has the focus in it; the focus stays where it was. */
export const movable = (move: (by: -1 | 1) => void) => (row: HTMLElement) => {
  const press = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (!by || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    // What is moved within something that can be moved too.
    event.stopPropagation();
    void keepFocus(row, () => move(by));
  };
  row.addEventListener('keydown', press);
  return () => row.removeEventListener('keydown', press);
};

/** Does what moves a row; the same control has the focus after it, or its neighbour where it can do nothing more. */
export async function keepFocus(row: HTMLElement | null, move: () => void): Promise<void> {
  const before = document.activeElement;
  move();
  await tick();
  const can = (element: Element | null): element is HTMLElement => element instanceof HTMLElement && element.isConnected && !element.matches(':disabled');
  if (can(before)) before.focus();
  else row?.querySelector<HTMLElement>('button:not(:disabled)')?.focus();
}
