// The API as the console sees it, in memory: for development without the server and for the screens story.
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, relative } from 'node:path';
import * as data from './data.mjs';
import * as more from './more.mjs';
import * as reviews from './reviews.mjs';

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };
const REPORT = `<!doctype html><meta charset="utf-8"><style>body{font:15px/1.55 system-ui;max-width:820px;margin:32px auto;padding:0 20px;color:#171b23;background:#fff}table{border-collapse:collapse;width:100%}td,th{padding:6px 8px;border-bottom:1px solid #e0e3e9;text-align:left}</style><h1>Per-seat pricing: report</h1><p>Day 7 of hypercare. The window is active; three of five stable days.</p><h2>What triggered most volume</h2><table><tr><th>Issue</th><th>Conversations</th></tr>${more.issues.map((i) => `<tr><td>${i.title}</td><td>${i.conversations}</td></tr>`).join('')}</table><h2>Where decisions stalled</h2><p>Half of the decisions were ruled within 34 min; the longest took 1 h 30 min.</p>`;
const PLAN = `[window]\nkey = "per-seat"\nname = "Per-seat pricing"\nzone = "Europe/Berlin"\nplanned = "14 d"\n\n[change]\nkind = "policy_price_process"\nsummary = "Team plans are billed per active seat."\ngo_live = "2026-11-17T09:00"\nowners = ["priya@northwind.example"]\n\n[[scenarios]]\nkey = "price-higher"\nname = "I am charged more than before"\nbefore = "One fixed amount a month."\nnow = "The amount follows the number of seats."\nanswer = "price-higher"\n\n[[answers]]\nkey = "annual-plan"\ntitle = "What happens to my annual plan?"\nexpected = "Your annual plan keeps its price until it ends."\n`;

class Refused extends Error {
  constructor(status, detail, extra = {}) {
    super(detail);
    this.status = status;
    this.extra = extra;
  }
}
const find = (list, id) => {
  const hit = list.find((x) => x.id === id);
  if (!hit) throw new Refused(404, 'There is no such thing.');
  return hit;
};

/** Answers one API call. `state` is what a story may change: signed in or not, windows or none. */
export function handle(state, method, path, query, body) {
  if (path === '/session') {
    if (method === 'POST') {
      if (body.password !== 'demo') throw new Refused(401, 'E-mail and password do not fit. Try again.', { field: 'password' });
      state.signedIn = true;
    }
    if (method === 'DELETE') state.signedIn = false;
    if (!state.signedIn) throw new Refused(401, 'Sign in first.');
    return data.me;
  }
  if (!state.signedIn) throw new Refused(401, 'Sign in first.');
  const parts = path.split('/').slice(1);
  const [area, id, what] = parts;
  switch (area) {
    case 'users':
      return { items: data.users };
    case 'tokens':
      return method === 'POST' ? { id: '9', name: body.name, scopes: body.scopes, token: 'hc_3f9a…' } : { items: data.tokens };
    case 'windows':
      return windows(state, method, id, what, query, body);
    case 'plan':
      return plan(id, body);
    case 'conversations':
      return conversations(state, method, id, what, query, body);
    case 'reviews':
      return reviews.one();
    case 'issues':
      return issues(method, id, what, body);
    case 'broadcasts':
      return Object.assign(find(more.broadcasts, id), { state: what === 'stop' ? 'stopped' : 'running' });
    case 'answers':
      if (id === 'try') return { scope: 'in', scenario: 'price-higher', suggestions: more.suggestions, would: 'answer', why: 'The best answer is 91 % sure; 60 % is needed.' };
      if (what === 'uses') return { items: data.conversations.slice(0, 8).map((c, i) => ({ conversation: c.id, subject: c.subject, at: c.last_message_at, version: 2, by: ['assistant', 'person', 'broadcast'][i % 3], helpful: [true, null, false][i % 3] })), next: null };
      return id ? more.answerDetail(find(more.answers, id)) : { items: more.answers, next: null };
    case 'decisions':
      if (method === 'POST' && what === 'decide') return Object.assign(find(more.decisions, id), { ...body, decided_by: 'Lena Brandt', decided_at: data.iso(data.NOW) });
      return { items: query.waiting === 'true' ? more.decisions.filter((d) => !d.ruling) : more.decisions, next: null };
    default:
      throw new Refused(404, 'There is no such path.');
  }
}

function windows(state, method, id, what, query, body) {
  if (!id) return { items: state.empty ? [] : data.windows };
  const w = find(data.windows, id);
  const parts = {
    ...reviews.ofWindow(state), now: () => more.now, readiness: () => more.readiness, signals: () => ({ items: more.signals }), exit: () => more.exit, pulse: () => undefined, plan: () => PLAN,
    markers: () => ({ items: [{ at: w.go_live_at, kind: 'go_live', label: 'Go-live' }, { at: data.iso(data.NOW - 3 * 86_400_000), kind: 'broadcast', label: 'Reply to all: two invoices' }] }),
    report: () => (query.format === 'html' ? REPORT : '# Per-seat pricing: report\n'),
    transitions: () => {
      if (!body.reason) throw new Refused(409, 'Three things stand in the way. Give a reason to go on without them.', { field: 'reason', gaps: more.readiness.gaps });
      return data.windowDetail({ ...w, phase: body.to });
    },
  };
  if (what && !parts[what]) throw new Refused(404, 'There is no such path.');
  return what ? parts[what]() : data.windowDetail(w);
}

function plan(what, body) {
  if (what === 'apply') return { window_id: '1', created: false, applied: !body.dry_run, changes: [{ kind: 'changed', path: 'change.summary', before: 'Team plans are billed per seat.', after: 'Team plans are billed per active seat.' }, { kind: 'added', path: 'scenarios.annual-plan.examples[5]', before: null, after: 'we paid for a year in March' }] };
  const line = body.text.split('\n').findIndex((l) => l.startsWith('key = "annual-plan"')) + 1;
  return { ok: true, problems: line ? [{ severity: 'error', line: line + 1, column: 1, path: 'answers[0].do_now', message: 'The answer does not say what to do now.', help: 'Add do_now = "…", one sentence the customer can act on.' }, { severity: 'warning', line: 15, column: 1, path: 'scenarios[0].examples', message: 'This scenario has no example wordings.', help: 'Write five or more, as different as people are.' }] : [] };
}

/** What a search marks, as the server says it. */
function foundIn(c, words) {
  const pieces = (text) => {
    const at = text.toLowerCase().indexOf(words.toLowerCase());
    if (at < 0) return null;
    return [{ text: text.slice(0, at), hit: false }, { text: text.slice(at, at + words.length), hit: true }, { text: text.slice(at + words.length), hit: false }].filter((p) => p.text);
  };
  const said = pieces(c.preview);
  return { subject: pieces(c.subject), customer: pieces(c.contact.name), excerpt: said && { pieces: said, message: `${c.id}1`, author: 'customer', name: c.contact.name, note: false, at: c.last_message_at } };
}

function conversations(state, method, id, what, query, body) {
  const all = data.conversations;
  if (id === 'counts') return { all_open: 64, mine: 3, unassigned: 34, needs_person: 29, assistant: 13, waiting: 46, breached: 2, critical: 4, snoozed: 5 };
  if (!id) {
    const open = (c) => c.status === 'open';
    const views = { all_open: open, mine: (c) => open(c) && c.assignee?.id === '4', unassigned: (c) => open(c) && !c.assignee, needs_person: (c) => open(c) && c.handler === 'waiting', assistant: (c) => open(c) && c.handler === 'assistant', waiting: (c) => c.status === 'waiting', resolved: (c) => c.status === 'resolved', breached: (c) => c.breached, critical: (c) => open(c) && c.severity === 'critical', snoozed: () => false };
    let items = all.filter(views[query.view] ?? (() => true));
    if (query.q) items = items.filter((c) => `${c.subject} ${c.preview} ${c.contact.name}`.toLowerCase().includes(query.q.toLowerCase()));
    for (const f of ['severity', 'scope', 'channel', 'scenario']) if (query[f]) items = items.filter((c) => c[f] === query[f]);
    if (query.issue) items = items.filter((c) => c.issue?.id === query.issue);
    items = [...items].sort((a, b) => (a.next_due ? Date.parse(a.next_due.due_at) : Infinity) - (b.next_due ? Date.parse(b.next_due.due_at) : Infinity));
    const from = Number(query.cursor ?? 0);
    const limit = Number(query.limit ?? 50);
    const found = query.q ? { searched: { total: items.length, complete: true } } : {};
    if (query.q) items = items.map((c) => ({ ...c, found: foundIn(c, query.q) }));
    return { ...found, items: items.slice(from, from + limit), next: from + limit < items.length ? String(from + limit) : null };
  }
  const c = find(all, id);
  switch (what) {
    case 'messages':
      return { items: [...more.messagesOf(c), ...(state.newMessages[id] ?? [])], next: null };
    case 'events':
      return { items: more.recent };
    case 'presence':
      return { conversation: id, people: state.present ?? [] };
    case 'draft':
      return method === 'PUT' ? undefined : { text: '' };
    case 'seen':
      return method === 'POST' ? undefined : { customer: null, team: null };
    case 'typing':
      return undefined;
    case 'replies':
      if (state.customerWrites && !state.newMessages[id]) {
        state.newMessages[id] = [{ id: `${id}7`, author: 'customer', name: c.contact.name, text: 'Wait, it works again for two of us.', user: null, note: false, answer: null, broadcast: null, at: data.iso(data.NOW), delivery: null }];
        throw new Refused(409, 'The customer has written since.', { field: 'seen' });
      }
      return more.conversationDetail({ ...c, status: body.then });
    case 'assign':
      return more.conversationDetail({ ...c, assignee: data.users.find((u) => u.id === body.to) ?? null });
    case 'status':
      return more.conversationDetail({ ...c, status: body.to });
    default:
      return more.conversationDetail(c);
  }
}

function issues(method, id, what, body) {
  if (!id) return method === 'POST' ? { ...more.issues[0], ...body, id: '1' } : { items: more.issues, next: null };
  const one = find(more.issues, id);
  if (what === 'broadcasts') return { items: more.broadcasts.filter((b) => b.issue === id) };
  if (what === 'reply-to-all') {
    if (method === 'POST') return { id: '9', issue: id, text: body.text ?? 'The approved answer', answer: body.answer_id ?? null, resolve: body.resolve, state: 'running', total: 40, sent: 0, failed: 0, started_by: 'Lena Brandt', started_at: data.iso(data.NOW) };
    const sample = data.conversations.filter((c) => c.issue?.id === id).slice(0, 3);
    return { total: 43, unresolved: 29, by_channel: { chat: 24, email: 15, form: 4, api: 0 }, unreachable: [{ conversation: '1009', contact: 'Kim Nguyen', reason: 'the chat visitor left no e-mail address' }], sample: sample.map((c) => ({ conversation: c.id, channel: c.channel, contact: c.contact.name, text: `Hello ${c.contact.name.split(' ')[0]},\n\n${more.suggestions[0].text}` })) };
  }
  return { ...one, ...(method === 'PATCH' ? { ...body, owner: body.owner ? data.users.find((u) => u.id === body.owner) : one.owner, answer: one.answer } : {}) };
}

/** Every built file by its path, read once: a build that runs meanwhile changes nothing. */
function filesOf(dist) {
  const entries = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  return new Map(entries.map((e) => join(e.parentPath ?? e.path, e.name)).map((path) => [`/${relative(dist, path)}`, readFileSync(path)]));
}

function file(response, files, path) {
  const found = files.has(path) ? path : '/index.html';
  response.writeHead(200, { 'content-type': TYPES[extname(found)] ?? 'application/octet-stream' }).end(files.get(found));
}

/** Starts it on a free port (or the one given) with the built console. */
export function start(dist, port = 0) {
  const state = { signedIn: true, empty: false, customerWrites: false, newMessages: {}, present: [], streams: new Set(), calls: [] };
  const files = filesOf(dist);
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    if (!url.pathname.startsWith('/api/v1')) return file(response, files, decodeURIComponent(url.pathname));
    const path = url.pathname.slice('/api/v1'.length);
    response.setHeader('x-hypercare-now', data.iso(data.NOW));
    if (path === '/events/stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': hello\n\n');
      state.streams.add(response);
      request.on('close', () => state.streams.delete(response));
      return;
    }
    let text = '';
    for await (const chunk of request) text += chunk;
    state.calls.push({ method: request.method, path, body: text });
    try {
      const result = handle(state, request.method, path, Object.fromEntries(url.searchParams), text ? JSON.parse(text) : {});
      if (result === undefined) return response.writeHead(204).end();
      if (typeof result === 'string') return response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(result);
      response.writeHead(request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
    } catch (error) {
      const status = error instanceof Refused ? error.status : 500;
      response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ status, title: 'No', detail: error.message, ...error.extra }));
    }
  });
  const send = (event) => state.streams.forEach((s) => s.write(`id: ${event.seq}\nevent: change\ndata: ${JSON.stringify(event)}\n\n`));
  return new Promise((ready) => server.listen(port, '127.0.0.1', () => ready({ url: `http://127.0.0.1:${server.address().port}`, state, send, stop: () => (server.closeAllConnections(), server.close()) })));
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { url } = await start(new URL('../../dist', import.meta.url).pathname, Number(process.env.PORT ?? 4180));
  process.stdout.write(`${url}\n`);
}
