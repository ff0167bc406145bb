/** Puts the chat on the page and keeps it up to date. */

import { Api, Failure } from './api';
import { Chat, type ChatState } from './chat';
import { asHex, contrast, readableOn } from './colour';
import { readFields } from './fields';
import { host } from './host';
import { store } from './storage';
import { loadStrings } from './strings';
import type { Attached } from './types';
import { Attach } from './view/attach';
import { Composer } from './view/composer';
import { CheckInView } from './view/checkIn';
import type { Context } from './view/context';
import { arrange, h, icon } from './view/dom';
import { introduceCard } from './view/introduce';
import { ListView } from './view/list';
import { LogView } from './view/log';
import { endCard, rateCard } from './view/rate';
import { UpdatesView } from './view/updates';

const asked = new URLSearchParams(location.search);
const [language, locale, t] = await loadStrings([asked.get('lang') ?? '', ...navigator.languages], navigator.languages);
const around = host(asked.get('host'));
let shown = true;

document.documentElement.lang = language;
document.documentElement.dir = t.dir;
const label = asked.get('label')?.slice(0, 60) || t.title;
document.title = label;
dress(asked);

const status = h('p', { class: 'unseen', role: 'status' });
const notice = h('p', { class: 'notice', role: 'status', hidden: true });
const context: Context = {
  t,
  locale,
  say(text) {
    // The same words twice would not be read out twice.
    status.textContent = status.textContent === text ? `${text}\u00a0` : text;
  },
  warn(text) {
    context.say(text);
    showProblem(text);
  },
  async attempt(action, says = false) {
    try {
      await action();
      if (!says) showProblem(null);
      return true;
    } catch (error) {
      showProblem(error instanceof Failure && error.kind === 'refused' ? error.detail : t.failed);
      return false;
    }
  },
};

const api = new Api(new URL('../api/v1/public/chat/', location.href), readFields(asked.get('fields')));
const chat = new Chat(store(() => localStorage), api, schedule, location.hash.slice(1) || null, () => void updates.refresh());
const updates: UpdatesView = new UpdatesView(context, () => api.updates());
const tab = store(() => sessionStorage);
const send = (text: string, files: Attached[] = []) => {
  chat.send(text, files);
  log.toEnd();
};
const attach = new Attach(context, (file, progress, signal) => chat.upload(file, progress, signal), (id) => chat.removeFile(id), () => composer.filesChanged());
const composer: Composer = new Composer(context, { read: () => tab.get('hc:draft') ?? '', write: (text) => (text ? tab.set('hc:draft', text) : tab.remove('hc:draft')) }, attach, send, () => chat.typed());
const toBox = () => composer.box.focus();
const checkIn = new CheckInView(context, { waiting: () => chat.checkIn(), answer: (id, face, comment) => chat.answerCheckIn(id, face, comment), leave: (id) => chat.leaveCheckIns(id) }, toBox);
const talk = () => {
  send(t.wishForPerson);
  toBox();
};
const takeBack = (id: string) => {
  const item = chat.takeBack(id);
  attach.restore(item?.files ?? []);
  composer.restore(item?.text ?? '');
};
const choose = (text: string) => {
  send(text);
  toBox();
};
const welcome = h('div', { class: 'welcome' });
const cards = h('div', { class: 'cards' });
const log = new LogView(
  context,
  { helpful: (message, helpful) => chat.helpful(message, helpful), takeBack, talkToPerson: talk, choose, files: api.files },
  seen,
  cards,
);
log.scroller.prepend(welcome);

const talkButton = h('button', { type: 'button', class: 'plain small', onclick: talk }, t.talkToPerson);
const endButton = h('button', { type: 'button', class: 'plain small', onclick: end }, t.end);
const copyButton = h('button', { type: 'button', class: 'plain small', onclick: copy }, t.transcript);
const typing = h('p', { class: 'typing', 'aria-live': 'polite' });
const chatsBadge = h('b', { class: 'badge', 'aria-hidden': 'true' });
const chatsButton = h('button', { type: 'button', class: 'round', hidden: true, onclick: toList }, icon('M4 6h16M4 12h16M4 18h10') as Node, chatsBadge);
const list = new ListView(context, {
  read: (before) => chat.conversations(before),
  open: (id) => chat.open(id),
  startAnew: () => chat.startAnew(),
  leave: fromList,
});
const closeButton = around.framed && h('button', { type: 'button', class: 'round', 'aria-label': t.close, title: t.close, onclick: () => around.close() }, icon('M6 6 18 18M18 6 6 18') as Node);
const tools = h('div', { class: 'tools' }, talkButton, copyButton, endButton);
const under = h('p', { class: 'under' });
const cardActions = {
  save: (name: string, email: string) => chat.introduce(name, email),
  skip: () => chat.skipIntroduction(),
  rate: (score: number, comment: string) => chat.rate(score, comment),
  startAnew: () => chat.startAnew(),
  leave: toBox,
};
let card: HTMLElement | null = null;
let cardKind = '';
let problem: string | null = null;
let planned = false;
let listShown = false;

document.body.append(
  h('header', {}, h('div', {}, h('h1', {}, h('bdi', {}, label)), under), chatsButton, closeButton),
  updates.element,
  checkIn.element,
  h('main', {}, list.element, log.element, typing, notice, tools, composer.element, status),
);

addEventListener('dragover', (event) => {
  if (!event.dataTransfer?.types.includes('Files') || listShown) return;
  event.preventDefault();
  composer.element.classList.add('over');
});
for (const type of ['dragleave', 'drop']) addEventListener(type, () => composer.element.classList.remove('over'));
addEventListener('drop', (event) => !listShown && composer.take(event, event.dataTransfer));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.isComposing && !event.defaultPrevented) around.close();
});
around.onShown((now) => {
  shown = now;
  if (!now) return;
  composer.grow();
  log.toEnd();
  toBox();
});
chat.start();
toBox();

/** Draws at most once a frame; a page that nobody sees is drawn now and then all the same, for the badge. */
function schedule(): void {
  if (planned) return;
  planned = true;
  setTimeout(() => {
    planned = false;
    draw(chat.state());
  }, 0);
}

function draw(state: ChatState): void {
  const { conversation } = state;
  const resolved = conversation?.status === 'resolved';
  const waits = state.entries.some((entry) => entry.pending);
  drawWelcome(state);
  log.update(state);
  setText(under, resolved ? t.settled : standing(state));
  talkButton.hidden = resolved || (conversation !== null && conversation.handler !== 'assistant');
  endButton.hidden = resolved || waits || !conversation?.id;
  copyButton.hidden = !conversation?.id || state.email === null;
  tools.hidden = listShown || (talkButton.hidden && endButton.hidden && copyButton.hidden);
  setText(typing, state.typing === null ? '' : t.typing(state.typing));
  typing.hidden = listShown;
  drawChats(conversation?.others ?? { conversations: 0, unread: 0 });
  composer.invite(resolved ? t.writeAgain : t.write);
  drawCard(state, resolved);
  drawNotice(state);
  seen();
  around.unread(shown ? 0 : chat.state().unread);
}

function standing({ conversation }: ChatState): string {
  if (!conversation || conversation.handler === 'assistant') return t.assistantFirst;
  if (conversation.handler !== 'waiting') return t.personHasIt;
  // The server's sentence knows working hours; it speaks English only.
  if (language === 'en' && conversation.person_follows) return conversation.person_follows;
  return conversation.away ? t.nobodyHere : t.personIn(conversation.people_reply_within);
}

function drawWelcome(state: ChatState): void {
  const kind = state.entries.length > 0 ? '' : state.loaded ? 'welcome' : 'loading';
  if (welcome.dataset.kind === kind) return;
  welcome.dataset.kind = kind;
  welcome.hidden = kind === '';
  welcome.replaceChildren(...(kind === 'loading' ? [h('p', {}, t.loading)] : kind === '' ? [] : [h('h2', {}, t.welcome), h('p', {}, t.welcomeMore)]));
}

function drawCard(state: ChatState, resolved: boolean): void {
  const rated = state.conversation?.rating != null;
  const kind = resolved ? (state.conversation!.may_rate && !rated ? 'rate' : rated ? 'rated' : 'ended') : state.mayIntroduce ? (state.conversation?.away ? 'away' : 'introduce') : '';
  if (kind === cardKind) return;
  cardKind = kind;
  const end = (rated: boolean) => endCard(context, rated, cardActions);
  card = kind === '' ? null : kind === 'introduce' || kind === 'away' ? introduceCard(context, cardActions, kind === 'away') : kind === 'rate' ? h('div', {}, rateCard(context, cardActions), end(false)) : end(rated);
  arrange(cards, card ? [card] : []);
  if (card && resolved) log.reveal(card);
}

function drawNotice(state: ChatState): void {
  const text = problem ?? (state.unverified ? t.signIn : !state.online ? t.offline : state.unreachable ? t.unreachable : state.begunAnew ? t.begunAnew : state.conversation?.pointer ? state.conversation.pointer : state.lasting || state.entries.length === 0 ? '' : t.notLasting);
  notice.hidden = text === '';
  setText(notice, text);
}

function showProblem(text: string | null): void {
  problem = text;
  schedule();
}

function seen(): void {
  if (shown && !listShown && !document.hidden && log?.seesNewest) chat.markSeen();
}

/** The way to the other conversations, where there are some. */
function drawChats({ conversations, unread }: { conversations: number; unread: number }): void {
  chatsButton.hidden = listShown || conversations === 0;
  setText(chatsBadge, unread === 0 ? '' : String(unread));
  const name = unread === 0 ? t.conversations : `${t.conversations}, ${t.unread(unread)}`;
  if (chatsButton.getAttribute('aria-label') === name) return;
  chatsButton.setAttribute('aria-label', name);
  chatsButton.title = name;
}

function toList(): void {
  listShown = true;
  log.element.hidden = composer.element.hidden = true;
  draw(chat.state());
  void list.show();
}

function fromList(): void {
  listShown = false;
  list.element.hidden = true;
  log.element.hidden = composer.element.hidden = false;
  draw(chat.state());
  composer.grow();
  log.toEnd();
  toBox();
}

async function copy(): Promise<void> {
  await context.attempt(async () => showProblem(t.transcriptSent(await chat.transcript())), true);
}

async function end(): Promise<void> {
  if (!(await context.attempt(() => chat.end()))) return;
  draw(chat.state());
  (cards.querySelector<HTMLElement>('input, button') ?? composer.box).focus({ preventScroll: true });
}

function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** The site's own accent colour, font and corners, if it named any; colours kept readable on the grounds of messages, light and dark. */
function dress(asked: URLSearchParams): void {
  const root = document.documentElement.style;
  const take = (name: string, property: string) => {
    const value = asked.get(name);
    if (value && CSS.supports(property, value)) root.setProperty(`--${name}`, value);
  };
  take('font', 'font-family');
  take('radius', 'border-radius');
  const accent = asHex(asked.get('accent') ?? '');
  const [light, dark] = [readableOn(accent, '#f3f4f6'), readableOn(accent, '#24272d')];
  if (!light || !dark) return;
  root.setProperty('--accent', accent);
  root.setProperty('--on-accent', contrast(accent, '#ffffff')! >= 4.5 ? '#ffffff' : '#000000');
  root.setProperty('--link-light', light);
  root.setProperty('--link-dark', dark);
}
