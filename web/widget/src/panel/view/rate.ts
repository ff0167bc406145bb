/** At the end of a chat: how it was, in words, and a way to begin again. */

import type { Context } from './context';
import { h } from './dom';

export interface EndActions {
  rate(score: number, comment: string): Promise<void>;
  startAnew(): Promise<void>;
  leave(): void;
}

/** One of a few to choose from, and room for words. */
export interface Asked {
  /** Begins the ids of its parts. */
  id: string;
  title: string;
  intro?: string;
  choices: readonly { value: string; sign: string; word: string }[];
  send: string;
  problem: string;
  /** Beside the button that sends. */
  more?: HTMLElement;
  give(value: string, comment: string): Promise<void>;
  /** After it was given. */
  done(): void;
}

export function askCard(context: Context, asked: Asked): HTMLFormElement {
  const { t } = context;
  const { id } = asked;
  const problem = h('p', { class: 'problem', id: `${id}-problem`, hidden: true }, asked.problem);
  const scores = asked.choices.map(({ value, sign, word }) =>
    h('label', { class: 'score' }, h('input', { type: 'radio', name: 'score', value, onchange: () => (problem.hidden = true) }), h('span', {}, h('b', { 'aria-hidden': 'true' }, sign), word)),
  );
  const comment = h('textarea', { id: `${id}-comment`, rows: 2, maxlength: 2_000, dir: 'auto' });
  const submit = async (event: Event) => {
    event.preventDefault();
    const chosen = new FormData(form).get('score');
    if (chosen === null) {
      problem.hidden = false;
      context.say(asked.problem);
      scores[0]!.querySelector('input')!.focus();
      return;
    }
    if (await context.attempt(() => asked.give(String(chosen), comment.value.trim()))) asked.done();
  };
  const form = h(
    'form',
    { class: 'card', novalidate: true, 'aria-labelledby': id, onsubmit: submit },
    h('h2', { id, dir: 'auto' }, asked.title),
    asked.intro ? h('p', { dir: 'auto' }, asked.intro) : '',
    h('div', { class: 'scores', role: 'radiogroup', 'aria-labelledby': id, 'aria-describedby': problem.id }, ...scores),
    problem,
    h('div', { class: 'field' }, h('label', { for: comment.id }, `${t.comment} `, h('span', { class: 'hint' }, t.optional)), comment),
    h('div', { class: 'buttons' }, h('button', { type: 'submit', class: 'main' }, asked.send), asked.more ?? ''),
  );
  return form;
}

export function rateCard(context: Context, actions: EndActions): HTMLFormElement {
  const { t } = context;
  return askCard(context, {
    id: 'rate',
    title: t.rateTitle,
    choices: t.scores.map((word, i) => ({ value: String(i + 1), sign: String(i + 1), word })),
    send: t.sendRating,
    problem: t.chooseFirst,
    give: (value, comment) => actions.rate(Number(value), comment),
    done() {
      context.say(t.rated);
      actions.leave();
    },
  });
}

export function endCard(context: Context, rated: boolean, actions: EndActions): HTMLElement {
  const { t } = context;
  const begin = async () => {
    if (await context.attempt(() => actions.startAnew())) actions.leave();
  };
  return h('div', { class: 'ended' }, h('p', {}, rated ? t.rated : t.endedTitle), h('button', { type: 'button', class: 'plain', onclick: begin }, t.startAnew));
}
