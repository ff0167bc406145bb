/** Calls to the public chat API, with failures sorted by what to do about them. */

import { retryAfter } from './backoff';
import type { Attached, CheckIn, Conversation, Message, Session, Summary, Told } from './types';

/**
 * Why a call failed:
 * - `unreachable`: may work later as it is (no network, server restarting or overloaded);
 * - `unknown`: the server does not know this visitor (any more);
 * - `unverified`: the site has to say who the visitor is, and did not, or not well;
 * - `refused`: will never work as it is; `detail` says why.
 */
export type Cause = 'unreachable' | 'unknown' | 'unverified' | 'refused';

export class Failure extends Error {
  constructor(
    readonly kind: Cause,
    readonly detail: string,
    readonly field: string | null = null,
    /** Milliseconds the server asked to wait. */
    readonly wait: number | null = null,
  ) {
    super(detail);
  }
}

const TIMEOUT_MS = 15_000;

/** Statuses that pass: timeouts, "too early", "too many requests". */
const PASSING = [408, 425, 429];

/** Sorts an answer that is not a success. A 404 without the API's own error format comes from a proxy whose
 * server is away, not from the API. */
export function causeOf(status: number, isProblem: boolean): Cause {
  if (status >= 500 || PASSING.includes(status) || (status === 404 && !isProblem)) return 'unreachable';
  return status === 401 || status === 404 ? 'unknown' : 'refused';
}

/** How far the server's clock is ahead of this browser's, in milliseconds, as last heard. */
let ahead = 0;

/** Now, by the server's clock: what "today" is, is said of the server's times. */
export function serverNow(): number {
  return Date.now() + ahead;
}

async function call<T>(base: URL, path: string, visitor: string | null, body?: object, method = body ? 'POST' : 'GET'): Promise<T> {
  let response: Response;
  try {
    response = await fetch(new URL(path, base), {
      method,
      // No cookies: an agent who is signed in and looks at the chat is a visitor here like any other.
      credentials: 'omit',
      cache: 'no-store',
      headers: { ...(body && { 'Content-Type': 'application/json' }), ...(visitor !== null && { 'X-Visitor': visitor }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const heard = Date.parse(response.headers.get('X-Hypercare-Now') ?? response.headers.get('Date') ?? '');
    if (Number.isFinite(heard)) ahead = heard - Date.now();
    if (response.ok) return (response.status === 204 ? null : await response.json()) as T;
  } catch (error) {
    // No network, a timeout, or a success that broke off half-way: it may have arrived. Sending again is safe.
    throw new Failure('unreachable', String(error));
  }
  const isProblem = !!response.headers.get('Content-Type')?.includes('problem+json');
  throw failed(response.status, isProblem ? await response.json().catch(() => null) : null, retryAfter(response.headers.get('Retry-After'), response.headers.get('Date')));
}

/** What a refusal means. `problem` is what the API says of it, if it was the API. */
function failed(status: number, problem: { detail?: string; title?: string; field?: string } | null, wait: number | null): Failure {
  const kind = problem?.field === 'token' ? 'unverified' : causeOf(status, problem !== null);
  return new Failure(kind, problem?.detail ?? problem?.title ?? `${status}`, problem?.field ?? null, wait);
}

export class Api {
  constructor(
    private readonly base: URL,
    /** What the page around the chat says of its conversations; sent with each message, counted by the server with the first. */
    private readonly fields?: unknown,
  ) {}

  /** Makes a visitor, or tells more about a known one. */
  session(about: { visitor?: string; name?: string; email?: string; token?: string }): Promise<Session> {
    return call(this.base, 'session', null, about);
  }

  /** The conversation with its messages, or with those after one of them. */
  conversation(visitor: string, after: string | null): Promise<Conversation> {
    return call(this.base, after === null ? 'conversation' : `conversation?after=${encodeURIComponent(after)}`, visitor);
  }

  /** What all customers are told now, with how long it stands. */
  async updates(): Promise<Told[]> {
    const { items } = await call<{ items: (Told & { until: string })[] }>(this.base, '../updates', null);
    return items.map((item) => ({ ...item, left: Date.parse(item.until) - serverNow() }));
  }

  /** Where files are. */
  get files(): URL {
    return new URL('../', this.base);
  }

  send(visitor: string, { text, client_id, files = [] }: { text: string; client_id: string; files?: readonly Attached[] }): Promise<{ message: Message }> {
    return call(this.base, 'messages', visitor, { text, client_id, ...(files.length > 0 && { files: files.map(({ id }) => id) }), ...(this.fields !== undefined && { fields: this.fields }) });
  }

  /** Keeps a file for the next message. Not by `fetch`, which cannot tell how far it is. */
  upload(visitor: string, file: File, progress: (share: number) => void, signal: AbortSignal): Promise<Attached> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', new URL(`files?name=${encodeURIComponent(file.name || 'photo.png')}`, this.base));
      request.setRequestHeader('X-Visitor', visitor);
      request.setRequestHeader('Content-Type', 'application/octet-stream');
      request.upload.onprogress = ({ loaded, total }) => progress(total === 0 ? 0 : loaded / total);
      request.onload = () => {
        let said: Attached | null = null;
        try {
          said = JSON.parse(request.responseText) as Attached;
        } catch {
          // A proxy's page, not ours.
        }
        if (request.status === 201 && said) resolve(said);
        else reject(failed(request.status, said as object | null, null));
      };
      request.onerror = request.onabort = () => reject(new Failure('unreachable', ''));
      signal.addEventListener('abort', () => request.abort());
      request.send(file);
    });
  }

  /** Takes a file away that was not sent. */
  removeFile(visitor: string, id: string): Promise<unknown> {
    return call(this.base, `files/${id}`, visitor, undefined, 'DELETE');
  }

  helpful(visitor: string, message: string, helpful: boolean): Promise<unknown> {
    return call(this.base, 'helpful', visitor, { message, helpful });
  }

  rate(visitor: string, score: number, comment: string): Promise<unknown> {
    return call(this.base, 'rating', visitor, comment === '' ? { score } : { score, comment });
  }

  /** The question that waits for the visitor. */
  async checkIn(visitor: string): Promise<CheckIn | null> {
    return (await call<{ check_in: CheckIn | null }>(this.base, 'check-in', visitor)).check_in;
  }

  /** Answers it; returns the conversation that a doubt became. */
  async answerCheckIn(visitor: string, id: string, face: string, comment: string): Promise<string | null> {
    return (await call<{ conversation: string | null }>(this.base, `check-in/${id}`, visitor, { face, comment })).conversation;
  }

  leaveCheckIns(visitor: string, id: string): Promise<unknown> {
    return call(this.base, `check-in/${id}`, visitor, undefined, 'DELETE');
  }

  end(visitor: string): Promise<unknown> {
    return call(this.base, 'end', visitor, {});
  }

  startAnew(visitor: string): Promise<unknown> {
    return call(this.base, 'new', visitor, {});
  }

  /** Says that the visitor types; nothing of the text. */
  typing(visitor: string): Promise<unknown> {
    return call(this.base, 'typing', visitor, {});
  }

  seen(visitor: string, message: string): Promise<unknown> {
    return call(this.base, 'seen', visitor, { message });
  }

  /** The visitor's conversations, newest first; `before` is the `next` of the page before. */
  conversations(visitor: string, before: string | null): Promise<{ items: Summary[]; next: string | null }> {
    return call(this.base, before === null ? 'conversations?limit=20' : `conversations?limit=20&before=${encodeURIComponent(before)}`, visitor);
  }

  open(visitor: string, conversation: string): Promise<unknown> {
    return call(this.base, 'open', visitor, { conversation });
  }

  transcript(visitor: string): Promise<{ email: string }> {
    return call(this.base, 'transcript', visitor, {});
  }

  stream(visitor: string): EventSource {
    return new EventSource(new URL(`stream?visitor=${encodeURIComponent(visitor)}`, this.base));
  }
}
