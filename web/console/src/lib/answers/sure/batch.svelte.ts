// A file of messages that is tried: what would happen to each, and which answer is right for it.
import { sentence, sure, type Answer, type TriedMessage } from '$lib/api';
import type { Line } from './read';

/** Messages and labels that go out with one request. */
const TRIED = 25;
const LABELLED = 250;

export interface Tried extends Line {
  result?: TriedMessage;
  /** What was said here or in the file: the id of the right answer, null for none; undefined where nothing was said. */
  right?: string | null;
}
export type Show = 'all' | 'answered' | 'handed_over' | 'unlabelled';

export class Batch {
  rows = $state.raw<Tried[]>([]);
  done = $state(0);
  running = $state(false);
  problem = $state('');
  show = $state<Show>('all');
  at = $state(0);
  #run = 0;

  constructor(private readonly window: string) {}

  readonly shown = $derived.by(() => {
    const fits = (r: Tried) =>
      this.show === 'all' || (this.show === 'unlabelled' ? r.right === undefined : this.show === 'answered' ? r.result?.would === 'answer' : r.result !== undefined && r.result.would !== 'answer');
    return this.rows.filter(fits);
  });
  readonly answered = $derived(this.rows.filter((r) => r.result?.would === 'answer').length);
  readonly labelled = $derived(this.rows.filter((r) => r.right !== undefined).length);
  get selected(): Tried | undefined {
    return this.shown[Math.min(this.at, this.shown.length - 1)];
  }

  /** Begins with a file. Labels name answers by their key; unknown ones are told, and nothing is begun. */
  begin(lines: Line[], answers: Answer[]): string[] {
    const known = new Map(answers.flatMap((a) => [[a.key, a.id] as const, [a.id, a.id] as const]));
    const unknown = lines.filter((l) => typeof l.answer === 'string' && !known.has(l.answer));
    if (unknown.length > 0) {
      const told = unknown.slice(0, 5).map((l) => `Line ${l.line}: there is no answer “${l.answer}” in this window. Write its key, such as “${answers[0]?.key ?? 'price-higher'}”, or null.`);
      return unknown.length > 5 ? [...told, `And ${unknown.length - 5} more.`] : told;
    }
    this.rows = lines.map((l) => (l.answer === undefined ? { ...l } : { ...l, right: l.answer === null ? null : (known.get(l.answer) ?? null) }));
    this.at = 0;
    this.show = 'all';
    void this.run();
    return [];
  }
  clear(): void {
    this.#run += 1;
    this.rows = [];
    this.running = false;
    this.problem = '';
  }

  /** Tries every message that has no result yet; goes on where it stopped. */
  async run(): Promise<void> {
    const mine = (this.#run += 1);
    this.running = true;
    this.problem = '';
    try {
      this.done = this.rows.filter((r) => r.result).length;
      for (let waiting = this.rows.filter((r) => !r.result); waiting.length > 0; waiting = this.rows.filter((r) => !r.result)) {
        const some = waiting.slice(0, TRIED);
        const { results } = await sure.tryMany(this.window, some.map((r) => r.text));
        if (mine !== this.#run) return;
        const found = new Map(some.map((r, i) => [r.line, results[i]] as const));
        this.rows = this.rows.map((r) => {
          const result = found.get(r.line);
          return result ? { ...r, result } : r;
        });
        this.done += some.length;
      }
    } catch (error) {
      if (mine === this.#run) this.problem = sentence(error);
    } finally {
      if (mine === this.#run) this.running = false;
    }
  }

  move(by: number): void {
    this.at = Math.max(0, Math.min(Math.min(this.at, this.shown.length - 1) + by, this.shown.length - 1));
  }
  /** Says which answer is right for the selected message, and goes on to the next. */
  label(right: string | null | undefined): void {
    const line = this.selected?.line;
    if (line === undefined) return;
    const before = this.shown.length;
    this.rows = this.rows.map((r) => {
      if (r.line !== line) return r;
      const { right: _, ...rest } = r;
      return right === undefined ? rest : { ...rest, right };
    });
    // Where only unlabelled ones are shown the next one has moved up.
    if (right !== undefined && this.shown.length === before) this.move(1);
  }

  /** Keeps the labels; returns how many. What was kept before a failure stays kept: the same words are the same outcome. */
  async keep(): Promise<number> {
    const labels = this.rows.filter((r) => r.right !== undefined).map((r) => ({ text: r.text, answer: r.right ?? null }));
    for (let from = 0; from < labels.length; from += LABELLED) await sure.label(this.window, labels.slice(from, from + LABELLED));
    return labels.length;
  }
}
