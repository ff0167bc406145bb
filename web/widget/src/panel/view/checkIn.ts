/** A short question to this visitor, above the chat, until it is answered or waved away. */

import type { CheckIn } from '../types';
import type { Context } from './context';
import { h } from './dom';
import { askCard } from './rate';

/** Asked anew so often: no stream tells of it, because hardly anybody is asked. */
const AGAIN_MS = 60_000;
const FACES = ['good', 'unsure', 'bad'];

export interface CheckInActions {
  /** What waits; null where nothing does. */
  waiting(): Promise<CheckIn | null>;
  /** Returns whether a person follows. */
  answer(id: string, face: string, comment: string): Promise<boolean>;
  leave(id: string): Promise<void>;
}

export class CheckInView {
  readonly element: HTMLElement;
  private shown = '';

  constructor(
    private readonly context: Context,
    private readonly actions: CheckInActions,
    private readonly toBox: () => void,
  ) {
    this.element = h('section', { class: 'updates asks', 'aria-label': context.t.checkIn, hidden: true });
    setInterval(() => document.hidden || void this.refresh(), AGAIN_MS);
    void this.refresh();
  }

  /** What cannot be read stays as it was; what is being answered is not taken away. */
  private async refresh(): Promise<void> {
    const waiting = await this.actions.waiting().catch(() => undefined);
    if (waiting === undefined || (waiting?.id ?? '') === this.shown || this.element.contains(document.activeElement)) return;
    this.shown = waiting?.id ?? '';
    this.draw(waiting ? this.card(waiting) : null);
    if (waiting) this.context.say(`${this.context.t.checkIn}: ${waiting.question}`);
  }

  private draw(part: HTMLElement | null): void {
    this.element.replaceChildren(...(part ? [part] : []));
    this.element.hidden = !part;
  }

  private card(asked: CheckIn): HTMLElement {
    const { t } = this.context;
    let follows = false;
    const leave = async () => {
      if (!(await this.context.attempt(() => this.actions.leave(asked.id)))) return;
      this.draw(null);
      this.toBox();
    };
    return askCard(this.context, {
      id: 'asked',
      title: asked.question,
      intro: asked.intro,
      choices: FACES.map((value, i) => ({ value, sign: '🙂😐🙁'.match(/./gu)![i]!, word: t.faces[i]! })),
      send: t.sendAnswer,
      problem: t.chooseFace,
      more: h('button', { type: 'button', class: 'plain', onclick: leave }, t.noQuestions),
      give: async (face, comment) => void (follows = await this.actions.answer(asked.id, face, comment)),
      done: () => {
        const said = follows ? t.personFollows : t.answered;
        this.draw(h('p', { class: 'thanks' }, said));
        this.context.say(said);
        this.toBox();
      },
    });
  }
}
