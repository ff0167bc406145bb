/** At the end of a chat: how it was, in words, and a way to begin again. */

import type { Context } from './context';
import { h } from './dom';

export interface EndActions {
  rate(score: number, comment: string): Promise<void>;
  startAnew(): Promise<void>;
  leave(): void;
}

export function rateCard(context: Context, actions: EndActions): HTMLFormElement {
  const { t } = context;
  const problem = h('p', { class: 'problem', id: 'rate-problem', hidden: true }, t.chooseFirst);
  const scores = t.scores.map((word, i) =>
    h('label', { class: 'score' }, h('input', { type: 'radio', name: 'score', value: i + 1, onchange: () => (problem.hidden = true) }), h('span', {}, h('b', { 'aria-hidden': 'true' }, `${i + 1}`), word)),
  );
  const comment = h('textarea', { id: 'comment', rows: 2, maxlength: 2_000, dir: 'auto' });
  const submit = async (event: Event) => {
    event.preventDefault();
    const chosen = new FormData(form).get('score');
    if (chosen === null) {
      problem.hidden = false;
      context.say(t.chooseFirst);
      scores[0]!.querySelector('input')!.focus();
      return;
    }
    if (await context.attempt(() => actions.rate(Number(chosen), comment.value.trim()))) {
      context.say(t.rated);
      actions.leave();
    }
  };
  const form = h(
    'form',
    { class: 'card', novalidate: true, 'aria-labelledby': 'rate', onsubmit: submit },
    h('h2', { id: 'rate' }, t.rateTitle),
    h('div', { class: 'scores', role: 'radiogroup', 'aria-labelledby': 'rate', 'aria-describedby': 'rate-problem' }, ...scores),
    problem,
    h('div', { class: 'field' }, h('label', { for: 'comment' }, `${t.comment} `, h('span', { class: 'hint' }, t.optional)), comment),
    h('div', { class: 'buttons' }, h('button', { type: 'submit', class: 'main' }, t.sendRating)),
  );
  return form;
}

export function endCard(context: Context, rated: boolean, actions: EndActions): HTMLElement {
  const { t } = context;
  const begin = async () => {
    if (await context.attempt(() => actions.startAnew())) actions.leave();
  };
  return h('div', { class: 'ended' }, h('p', {}, rated ? t.rated : t.endedTitle), h('button', { type: 'button', class: 'plain', onclick: begin }, t.startAnew));
}
