/** Asks for name and e-mail, once, after the first message; may be skipped. */

import { Failure } from '../api';
import type { Context } from './context';
import { h } from './dom';

/** The server decides what an address is; this only catches what cannot be one. */
export function looksLikeEmail(text: string): boolean {
  return /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/.test(text) && text.length <= 254;
}

export interface IntroduceActions {
  save(name: string, email: string): Promise<void>;
  skip(): void;
  /** Where to go on when the card is gone. */
  leave(): void;
}

/** `away`: nobody is there to answer now. */
export function introduceCard(context: Context, actions: IntroduceActions, away: boolean): HTMLFormElement {
  const { t } = context;
  const problem = h('p', { class: 'problem', id: 'email-problem', hidden: true });
  const name = h('input', { id: 'name', type: 'text', autocomplete: 'name', maxlength: 100, dir: 'auto' });
  const email = h('input', { id: 'email', type: 'email', autocomplete: 'email', inputmode: 'email', maxlength: 254, 'aria-describedby': 'email-problem' });
  const save = h('button', { type: 'submit', class: 'main' }, t.save);
  const complain = (text: string) => {
    problem.textContent = text;
    problem.hidden = false;
    email.setAttribute('aria-invalid', 'true');
    email.focus();
    context.say(text);
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    const address = email.value.trim();
    if (!looksLikeEmail(address)) return complain(t.emailWrong);
    save.setAttribute('aria-disabled', 'true');
    const done = await context.attempt(async () => {
      try {
        await actions.save(name.value.trim(), address);
      } catch (error) {
        if (!(error instanceof Failure) || error.kind !== 'refused') throw error;
        complain(error.detail);
      }
    });
    save.removeAttribute('aria-disabled');
    if (!done || email.getAttribute('aria-invalid')) return;
    context.say(t.introduced);
    actions.leave();
  };
  const skip = () => {
    actions.skip();
    actions.leave();
  };
  return h(
    'form',
    { class: 'card', novalidate: true, 'aria-labelledby': 'introduce', onsubmit: submit, oninput: () => email.removeAttribute('aria-invalid') },
    h('h2', { id: 'introduce' }, away ? t.awayTitle : t.introduceTitle),
    h(
      'div',
      { class: 'pair' },
      h('div', { class: 'field' }, h('label', { for: 'name' }, `${t.name} `, h('span', { class: 'hint' }, t.optional)), name),
      h('div', { class: 'field' }, h('label', { for: 'email' }, t.email), email),
    ),
    problem,
    h('div', { class: 'buttons' }, save, h('button', { type: 'button', class: 'plain', onclick: skip }, t.notNow)),
  );
}
