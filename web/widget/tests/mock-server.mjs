/**
 * A small stand-in for the server: the public chat API as customers' browsers see it, in memory.
 * `node tests/mock-server.mjs [port]` serves it with the built files, to try the chat by hand.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' };
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'";

const ANSWER = {
  title: 'New plans: what changes on your bill',
  source: 'https://help.nordlicht.example/plans',
  text: 'Yes, this is expected: from today your plan is called Studio and the price on your next bill is 24 € instead of 19 €.\n\nYou need not do anything; until 31 December you can stay on the old price under https://nordlicht.example/plans/keep. We write to everybody again on Friday.',
};

/** The data outlives a restart of the server, unless it is asked to forget. */
export function emptyData() {
  return { visitors: new Map(), files: new Map(), lastId: 1_700_000_000_000_000n };
}

/** Starts on `port` (0: any). `data` is kept by the caller; `behave` may refuse or delay calls. */
export async function startMock({ port = 0, data = emptyData(), behave = {} } = {}) {
  const streams = new Set();
  const calls = [];

  function tell(visitor) {
    for (const stream of streams) if (stream.visitor === visitor) stream.response.write(`id: ${++stream.seq}\nevent: change\ndata: {"seq":${stream.seq}}\n\n`);
  }
  function sign(visitor, event, said) {
    for (const stream of streams) if (stream.visitor === visitor) stream.response.write(`event: ${event}\ndata: ${JSON.stringify(said)}\n\n`);
  }
  function say(visitor, author, name, text, more = {}) {
    data.lastId += 1n + BigInt(Math.floor(Math.random() * 1000));
    const message = { id: `${data.lastId}`, author, name, text, answer: null, files: [], at: new Date().toISOString(), client_id: null, helpful: null, ...more };
    visitor.messages.push(message);
    visitor.conversation ??= `${data.lastId}`;
    tell(visitor);
    return message;
  }
  function react(visitor, text) {
    if (visitor.handler !== 'assistant') return;
    const asked = visitor.question;
    visitor.question = null;
    if (asked && asked.choices.slice(0, 2).includes(text)) {
      return say(visitor, 'assistant', 'Assistant', ANSWER.text, { answer: { title: text, source: ANSWER.source } });
    }
    if (!asked && /unclear/i.test(text)) {
      const [one, other] = ['Why is my bill higher than before?', 'Why do I see two charges this month?'];
      const message = say(visitor, 'assistant', 'Assistant', `Is it about “${one}”, or about “${other}”?`);
      visitor.question = { message: message.id, choices: [one, other, 'Neither of these'] };
      return tell(visitor);
    }
    const wantsPerson = /person|human/i.test(text);
    if (!wantsPerson && /price|bill|plan/i.test(text)) say(visitor, 'assistant', 'Assistant', ANSWER.text, { answer: { title: ANSWER.title, source: ANSWER.source, message: '0' } });
    else {
      visitor.handler = 'waiting';
      say(visitor, 'system', '', 'We have your message. A person will answer you here; on weekdays that takes about 15 minutes.');
    }
  }
  const view = (visitor, after) => ({
    id: visitor.conversation,
    status: visitor.status,
    handler: visitor.handler,
    messages: visitor.messages.filter((message) => after === null || BigInt(message.id) > BigInt(after)).slice(0, 500),
    rating: visitor.rating,
    may_rate: visitor.status === 'resolved' && visitor.rating === null,
    people_reply_within: 900,
    person_follows: null,
    question: visitor.question ?? null,
    away: visitor.away ?? false,
    pointer: null,
    seen_by_team: visitor.seenByTeam,
    seen_by_customer: visitor.seenByCustomer,
    others: { conversations: visitor.earlier.length, unread: visitor.earlier.reduce((sum, one) => sum + unreadOf(one), 0) },
  });
  const unreadOf = ({ messages, seenByCustomer }) => messages.filter((m) => m.author !== 'customer' && BigInt(m.id) > BigInt(seenByCustomer ?? 0)).length;
  /** The parts of a visitor that are one conversation. */
  const partsOf = (visitor) => Object.fromEntries(Object.keys(fresh()).map((key) => [key, visitor[key]]));
  const leave = (visitor) => {
    if (visitor.conversation) visitor.earlier.unshift(partsOf(visitor));
  };

  const made = (more) => {
    const visitor = { secret: randomUUID(), name: null, email: null, earlier: [], ...fresh(), ...more };
    data.visitors.set(visitor.secret, visitor);
    return visitor;
  };
  /** A token is `good:` and the person’s name; all others are bad. */
  function vouched(body, response) {
    const [good, person] = body.token.split(':');
    if (good !== 'good') throw problem(401, 'The token has expired. The page needs a fresh one.', 'token');
    const known = data.visitors.get(body.visitor);
    let visitor = [...data.visitors.values()].find((one) => one.person === person);
    if (!visitor) visitor = known && !known.person ? Object.assign(known, { person }) : made({ person });
    visitor.email = `${person}@studio.example`;
    json(response, 200, { visitor: visitor.secret, name: person, email: visitor.email, assistant: 'Assistant', conversation: visitor.conversation, verified: true });
  }

  const filesOf = ({ files = [] }) => files.map((id) => data.files.get(id).view);
  const routes = {
    'POST files'(_, bytes, response, url) {
      const id = `${data.files.size + 1}`;
      const name = url.searchParams.get('name');
      const content_type = /\.png$/.test(name) ? 'image/png' : 'application/octet-stream';
      data.files.set(id, { bytes, view: { id, name, content_type, size: bytes.length, url: `files/${id}?until=1&sign=x` } });
      json(response, 201, data.files.get(id).view);
    },
    'POST session'(_, body, response) {
      only(body, ['name', 'email', 'visitor', 'token']);
      if (body.token) return vouched(body, response);
      if (body.email?.endsWith('.invalid')) throw problem(422, 'This address cannot receive mail: its domain does not exist.', 'email');
      let visitor = data.visitors.get(body.visitor);
      if (!visitor) {
        visitor = made();
      }
      Object.assign(visitor, body.name && { name: body.name }, body.email && { email: body.email });
      json(response, 200, { visitor: visitor.secret, name: visitor.name, email: visitor.email, assistant: 'Assistant', conversation: visitor.conversation, verified: false });
    },
    'GET conversation'(visitor, _, response, url) {
      json(response, 200, view(visitor, url.searchParams.get('after')));
    },
    'POST messages'(visitor, body, response) {
      only(body, ['text', 'client_id', 'fields', 'files']);
      if (body.text.includes('REFUSE')) throw problem(422, 'This message cannot be taken as it is.', 'text');
      const known = visitor.messages.find((message) => message.client_id === body.client_id);
      const message = known ?? say(visitor, 'customer', visitor.name ?? '', body.text || `[${filesOf(body).map(({ name }) => name).join(', ')}]`, { client_id: body.client_id, files: filesOf(body) });
      if (!known) {
        if (visitor.status === 'resolved') visitor.status = 'open';
        setTimeout(() => react(visitor, body.text), behave.thinking ?? 150);
      }
      json(response, 201, { message, conversation: visitor.conversation });
    },
    'POST helpful'(visitor, body, response) {
      only(body, ['message', 'helpful']);
      const message = visitor.messages.find(({ id }) => id === body.message);
      if (!message) throw problem(404, 'There is no such message.');
      message.helpful = body.helpful;
      tell(visitor);
      json(response, 200, {});
    },
    'POST rating'(visitor, body, response) {
      only(body, ['score', 'comment']);
      visitor.rating = body.score;
      visitor.comment = body.comment;
      tell(visitor);
      json(response, 200, {});
    },
    'POST end'(visitor, body, response) {
      only(body, []);
      visitor.status = 'resolved';
      tell(visitor);
      json(response, 200, {});
    },
    'POST new'(visitor, body, response) {
      only(body, []);
      leave(visitor);
      Object.assign(visitor, fresh());
      tell(visitor);
      json(response, 200, {});
    },
    'POST typing'(_, body, response) {
      only(body, []);
      response.writeHead(204).end();
    },
    'POST seen'(visitor, body, response) {
      only(body, ['message']);
      if (BigInt(body.message) > BigInt(visitor.seenByCustomer ?? 0)) visitor.seenByCustomer = body.message;
      response.writeHead(204).end();
    },
    'GET conversations'(visitor, _, response, url) {
      const all = [...(visitor.conversation ? [visitor] : []), ...visitor.earlier].sort((a, b) => (a.conversation < b.conversation ? 1 : -1));
      const from = Number(url.searchParams.get('before') ?? 0);
      const items = all.slice(from, from + (behave.page ?? 20)).map((one) => {
        const { author, name, text, at } = one.messages.at(-1);
        return { id: one.conversation, status: one.status, author, name, preview: text.slice(0, 120), at, unread: unreadOf(one) };
      });
      json(response, 200, { items, next: from + items.length < all.length ? String(from + items.length) : null });
    },
    'POST open'(visitor, body, response) {
      only(body, ['conversation']);
      const found = visitor.earlier.find((one) => one.conversation === body.conversation);
      if (!found && visitor.conversation !== body.conversation) throw problem(404, 'There is no such conversation of yours.');
      if (found) {
        visitor.earlier = visitor.earlier.filter((one) => one !== found);
        leave(visitor);
        Object.assign(visitor, found);
      }
      json(response, 200, view(visitor, null));
    },
    'POST transcript'(visitor, body, response) {
      only(body, []);
      if (!visitor.email) throw problem(422, 'Leave an e-mail address in the chat first.', 'email');
      json(response, 202, { email: visitor.email });
    },
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://mock');
    try {
      const kept = /^\/api\/v1\/public\/files\/(\d+)$/.exec(url.pathname)?.[1];
      if (kept) return response.writeHead(200, { 'Content-Type': data.files.get(kept).view.content_type }).end(data.files.get(kept).bytes);
      if (!url.pathname.startsWith('/api/v1/public/chat/')) return await file(url.pathname, response);
      const name = url.pathname.slice('/api/v1/public/chat/'.length);
      calls.push(`${request.method} ${name}`);
      const planned = behave.refuse?.(request.method, name);
      if (planned === 'break') return request.socket.destroy();
      if (planned) {
        response.writeHead(planned.status, planned.headers ?? {});
        return response.end(planned.body ?? '');
      }
      if (name === 'stream') return stream(data.visitors.get(url.searchParams.get('visitor')), request, response);
      const parts = [];
      for await (const part of request) parts.push(part);
      const body = Buffer.concat(parts);
      const visitor = data.visitors.get(request.headers['x-visitor']);
      if (name !== 'session' && !visitor) throw problem(401, 'This visitor is not known.');
      const route = routes[`${request.method} ${name}`];
      if (!route && request.method !== 'DELETE') throw problem(404, 'There is nothing here.');
      if (!route) return response.writeHead(204).end();
      route(visitor, name === 'files' ? body : body.length === 0 ? {} : JSON.parse(body), behave.loseAnswer?.(request.method, name) ? lost(request) : response, url);
    } catch (error) {
      json(response, error.status ?? 500, { type: 'about:blank', title: 'Problem', status: error.status ?? 500, detail: error.message, field: error.field }, 'application/problem+json');
    }
  });

  function stream(visitor, request, response) {
    if (!visitor) return json(response, 401, { status: 401, detail: 'This visitor is not known.' }, 'application/problem+json');
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write('retry: 1000\n\n');
    const stream = { visitor, response, seq: Number(request.headers['last-event-id'] ?? 0) };
    streams.add(stream);
    request.on('close', () => streams.delete(stream));
  }

  async function file(path, response) {
    if (path === '/favicon.ico') return response.writeHead(204).end();
    const name = path === '/chat.js' ? 'chat.js' : path === '/demo/shop' ? 'host.html' : path === '/chat/' ? 'index.html' : path.startsWith('/chat/') ? path.slice(6) : '';
    try {
      const bytes = await readFile(join(dist, normalize(`/${name}`)));
      response.writeHead(200, { 'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream', 'Content-Security-Policy': `${CSP}; frame-src 'self'`, ...(name === 'frame.js' && { 'Access-Control-Allow-Origin': '*' }) });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  }

  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    port: server.address().port,
    data,
    behave,
    calls,
    visitors: () => [...data.visitors.values()],
    /** A person of the team types, or has seen all. */
    typing: (visitor, name) => sign(visitor, 'typing', { conversation: visitor.conversation, name }),
    seen(visitor) {
      visitor.seenByTeam = visitor.messages.at(-1).id;
      sign(visitor, 'seen', { conversation: visitor.conversation, message: visitor.seenByTeam });
    },
    /** A person of the team writes. */
    person(visitor, name, text) {
      visitor.handler = 'person';
      return say(visitor, 'person', name, text);
    },
    async stop() {
      for (const { response } of streams) response.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function fresh() {
  return { messages: [], conversation: null, status: 'open', handler: 'assistant', rating: null, question: null, seenByTeam: null, seenByCustomer: null };
}

function problem(status, detail, field) {
  return Object.assign(new Error(detail), { status, field });
}

function only(body, allowed) {
  for (const field of Object.keys(body)) if (!allowed.includes(field)) throw problem(400, `There is no field “${field}” here.`, field);
}

function json(response, status, value, type = 'application/json') {
  response.writeHead(status, { 'Content-Type': type });
  response.end(JSON.stringify(value));
}

/** Does what was asked, but the answer never arrives. */
function lost(request) {
  return { writeHead() {}, end: () => request.socket.destroy() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startMock({ port: Number(process.argv[2] ?? 4180) });
  console.log(`A page with the chat: ${url}/demo/shop — the chat alone: ${url}/chat/`);
}
