// One way to the server: same origin, problem+json errors, abort, idempotency keys on creation.
import { noteServerTime } from '$lib/time';

/** What the server says when it says no. */
export interface ProblemBody {
  title?: string;
  detail?: string;
  status?: number;
  field?: string;
  request_id?: string;
  problems?: unknown[];
  gaps?: unknown[];
}

/** A request that did not work: `status` 0 means that the server could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: ProblemBody,
  ) {
    super(body.detail || body.title || 'The request did not work. Try again.');
    this.name = 'ApiError';
  }
  get field(): string | undefined {
    return this.body.field;
  }
  get offline(): boolean {
    return this.status === 0;
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>;

interface Options {
  query?: Query | undefined;
  body?: unknown;
  signal?: AbortSignal | undefined;
  /** Sent as `Idempotency-Key`; made for each creation when absent. */
  key?: string | undefined;
}

type Listener = (state: 'reached' | 'unreachable' | 'signed-out') => void;
const listeners = new Set<Listener>();

/** Tells whoever asks whether the server was reached, and when the session has ended. */
export function onConnection(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
const tell: Listener = (state) => listeners.forEach((listener) => listener(state));

/** The address of an API path with its query; empty values are left out. */
export function address(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return `/api/v1${path}${text ? `?${text}` : ''}`;
}

/** A fresh idempotency key. `randomUUID` exists only on secure origins, so random bytes stand in. */
export function newKey(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
}

async function send(method: string, path: string, options: Options = {}): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'GET') headers['x-hypercare'] = '1';
  if (method === 'POST') headers['idempotency-key'] = options.key ?? newKey();
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(address(path, options.query), {
      method,
      headers,
      credentials: 'same-origin',
      body: options.body === undefined ? null : JSON.stringify(options.body),
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    tell('unreachable');
    throw new ApiError(0, { detail: 'The server cannot be reached. Check the network, then try again.' });
  }
  noteServerTime(response.headers.get('x-hypercare-now'));
  tell('reached');
  if (response.ok) return response;
  throw await problem(response, path);
}

async function problem(response: Response, path: string): Promise<ApiError> {
  let body: ProblemBody = {};
  try {
    body = (await response.json()) as ProblemBody;
  } catch {
    body = { detail: `The server answered ${response.status}. Try again; if it stays, tell your operator.` };
  }
  if (response.status === 401 && path !== '/session') tell('signed-out');
  return new ApiError(response.status, body);
}

async function json<T>(method: string, path: string, options?: Options): Promise<T> {
  const response = await send(method, path, options);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> => json<T>('GET', path, { query, signal });
export const post = <T>(path: string, body: unknown = {}, key?: string, signal?: AbortSignal): Promise<T> => json<T>('POST', path, { body, key, signal });
export const put = <T>(path: string, body: unknown): Promise<T> => json<T>('PUT', path, { body });
export const patch = <T>(path: string, body: unknown): Promise<T> => json<T>('PATCH', path, { body });
export const remove = <T>(path: string): Promise<T> => json<T>('DELETE', path);
/** Said while the page may be closing; nobody waits for an answer. */
export const removeAtEnd = (path: string): void =>
  void fetch(address(path), { method: 'DELETE', headers: { 'x-hypercare': '1' }, credentials: 'same-origin', keepalive: true }).catch(() => undefined);
export const text = async (path: string, query?: Query, signal?: AbortSignal): Promise<string> =>
  (await send('GET', path, { query, signal })).text();

/** What to show a person for anything that was thrown. */
export function sentence(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return error instanceof Error && error.message ? error.message : 'Something went wrong. Try again.';
}
