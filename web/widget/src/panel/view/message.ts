/** One message of the log. */

import { linkify, safeHref } from '../linkify';
import type { Entry } from '../log';
import type { Message } from '../types';
import type { Context } from './context';
import { filesOf } from './attach';
import { h, unseen } from './dom';

export interface MessageActions {
  helpful(message: string, helpful: boolean): Promise<void>;
  takeBack(client_id: string): void;
  talkToPerson(): void;
  choose(text: string): void;
  /** Where files are. */
  readonly files: URL;
}

export interface Surroundings {
  /** Stands under the name of the one before. */
  continues: boolean;
  /** For the visitor's newest message that arrived, and whether somebody of the team has seen it. */
  lastSent: 'sent' | 'seen' | null;
  retrying: boolean;
  /** The visitor may still ask for a person. */
  mayAskForPerson: boolean;
  /** What can be chosen now, if this message asks. */
  choices: readonly string[];
}

/** The element of a message, patched in place: a screen reader hears only what is new. */
export class MessageView {
  readonly element: HTMLElement;
  private readonly head = h('p', { class: 'head' });
  private readonly foot = h('div', { class: 'foot', 'aria-live': 'off' });
  private readonly attached = h('div', { class: 'attached' });
  private filesShown = '';
  private headShown = '';
  private footShown = '';

  constructor(
    private readonly context: Context,
    private readonly actions: MessageActions,
    entry: Entry,
  ) {
    const author = entry.message?.author ?? 'customer';
    const text = entry.message ? withoutNames(entry.message) : entry.pending!.text;
    const bubble = text !== '' && h('div', { class: 'bubble', dir: 'auto' }, ...linked(text, context));
    this.element = h('div', { class: `message ${author}` }, this.head, bubble, this.attached, entry.message && source(entry.message, context), this.foot);
  }

  update(entry: Entry, around: Surroundings): void {
    this.element.classList.toggle('continues', around.continues);
    this.element.classList.toggle('waiting', !entry.message);
    const files = entry.message?.files ?? entry.pending?.files ?? [];
    const filesShown = JSON.stringify(files);
    if (filesShown !== this.filesShown) this.attached.replaceChildren(...[filesOf(files, this.context, this.actions.files)].filter((list) => list !== null));
    this.filesShown = filesShown;
    const headShown = JSON.stringify([entry.message?.at, entry.message?.name, around.continues]);
    if (headShown !== this.headShown) this.head.replaceChildren(...this.headOf(entry, around.continues));
    this.headShown = headShown;
    const footShown = JSON.stringify([entry.message?.helpful, entry.pending, around]);
    if (footShown === this.footShown) return;
    this.footShown = footShown;
    const hadFocus = this.foot.contains(document.activeElement);
    this.foot.replaceChildren(...this.footOf(entry, around));
    // The button that was pressed is gone: without this, the next Tab would begin at the top of the page.
    if (hadFocus) this.foot.querySelector<HTMLElement>('[tabindex]')?.focus();
  }

  private headOf({ message }: Entry, continues: boolean): Node[] {
    const { t, locale } = this.context;
    const who = nameOf(message, this.context);
    if (continues) return [unseen(who.join(' · '))];
    const parts: Node[] = [h('strong', { dir: 'auto' }, who[0]!), ...(who[1] ? [h('span', {}, `· ${who[1]}`)] : [])];
    if (message) {
      const at = new Date(message.at);
      parts.push(h('time', { datetime: message.at, title: at.toLocaleString(locale) }, at.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' })));
    }
    return message?.author === 'customer' || !message ? [unseen(t.you), ...parts.slice(1)] : parts;
  }

  private footOf(entry: Entry, around: Surroundings): Node[] {
    const { t } = this.context;
    const { message, pending } = entry;
    if (pending) {
      if (pending.problem === undefined) return [h('span', { class: around.retrying ? 'state late' : 'state' }, around.retrying ? t.notYet : t.sending)];
      return [
        h('span', { class: 'state late' }, t.refused(pending.problem)),
        h('button', { type: 'button', class: 'quiet', onclick: () => this.actions.takeBack(pending.client_id) }, t.takeBack),
      ];
    }
    if (around.lastSent) return [h('span', { class: 'state' }, t[around.lastSent])];
    if (message.author !== 'assistant') return [];
    return message.answer ? this.helpfulOf(message, around) : this.choicesOf(message, around.choices);
  }

  private choicesOf(message: Message, choices: readonly string[]): Node[] {
    if (choices.length === 0) return [];
    const label = `c${message.id}`;
    const choose = (text: string) => () => this.actions.choose(text);
    return [
      h('span', { id: label, class: 'state' }, this.context.t.choose),
      h('span', { role: 'group', 'aria-labelledby': label, class: 'choices' }, ...choices.map((text) => h('button', { type: 'button', class: 'quiet', dir: 'auto', onclick: choose(text) }, text))),
    ];
  }

  private helpfulOf(message: Message, around: Surroundings): Node[] {
    const { t } = this.context;
    if (message.helpful !== null) {
      const said = h('span', { class: 'state', tabindex: -1 }, message.helpful ? t.helpfulYes : t.helpfulNo);
      const offer = !message.helpful && around.mayAskForPerson;
      return [said, ...(offer ? [h('button', { type: 'button', class: 'quiet', onclick: () => this.actions.talkToPerson() }, t.talkToPerson)] : [])];
    }
    const question = `q${message.id}`;
    const vote = (helpful: boolean) => async () => {
      if (await this.context.attempt(() => this.actions.helpful(message.id, helpful))) this.context.say(t.thanks);
    };
    return [
      h('span', { id: question, class: 'state' }, t.helpful),
      h(
        'span',
        { role: 'group', 'aria-labelledby': question, class: 'votes' },
        h('button', { type: 'button', class: 'quiet', onclick: vote(true) }, t.yes),
        h('button', { type: 'button', class: 'quiet', onclick: vote(false) }, t.no),
      ),
    ];
  }
}

/** Who speaks, and whether it was a machine. */
function nameOf(message: Message | undefined, { t }: Context): string[] {
  switch (message?.author) {
    case 'assistant':
      // The server's own name for it is English; one that somebody gave stays.
      return [message.name === 'Assistant' ? t.assistant : message.name || t.assistant, message.answer ? t.automaticAnswer : t.automaticQuestion];
    case 'system':
      return [t.automaticNote];
    case 'person':
      return [message.name];
    default:
      return [t.you];
  }
}

/** The text; nothing where it only names the files that are shown. */
function withoutNames({ text, files = [] }: Message): string {
  return files.length > 0 && text === `[${files.map(({ name }) => name).join(', ')}]` ? '' : text;
}

function linked(text: string, { t }: Context): Node[] {
  return linkify(text).map(({ text, href }) =>
    href === undefined
      ? document.createTextNode(text)
      : href.startsWith('mailto:')
        ? h('a', { href }, text)
        : h('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, text, unseen(` ${t.opensInNewTab}`)),
  );
}

function source({ answer }: Message, { t }: Context): Node | null {
  if (!answer?.source) return null;
  const href = safeHref(answer.source);
  const link = href && h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, answer.title || answer.source, unseen(` ${t.opensInNewTab}`));
  return h('p', { class: 'source' }, `${t.source} `, link || answer.source);
}
