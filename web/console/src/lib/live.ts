// One stream for all tabs of a browser: the tab that holds the lock reads it and tells the others.
import type { LiveEvent, PresenceChange, Sign } from './api/types';

export type LiveState = 'connecting' | 'live' | 'offline';
type Note =
  | { type: 'event'; event: LiveEvent }
  | { type: 'sign'; sign: Sign }
  | { type: 'state'; state: LiveState }
  | { type: 'presence'; presence: PresenceChange }
  | { type: 'notice' }
  | { type: 'reload' }
  | { type: 'hello' };

interface Handlers {
  event: (event: LiveEvent) => void;
  /** Something passes that is not kept. */
  sign: (sign: Sign) => void;
  state: (state: LiveState) => void;
  presence: (presence: PresenceChange) => void;
  /** Our own notices changed. */
  notice: () => void;
  reload: () => void;
}

const NAME = 'hc-live';

/** Starts listening. The returned function stops it and gives the stream to another tab. */
export function listen(handlers: Handlers): () => void {
  const stopped = new AbortController();
  const shared = typeof BroadcastChannel !== 'undefined' && Boolean(navigator.locks);
  const channel = shared ? new BroadcastChannel(NAME) : undefined;
  let seen = 0;
  let leading = !shared;
  let state: LiveState = 'connecting';

  const take = (note: Note) => {
    if (note.type === 'state') handlers.state((state = note.state));
    else if (note.type === 'presence') handlers.presence(note.presence);
    else if (note.type === 'notice') handlers.notice();
    else if (note.type === 'reload') handlers.reload();
    else if (note.type === 'sign') handlers.sign(note.sign);
    else if (note.type === 'event' && note.event.seq > seen) {
      seen = note.event.seq;
      handlers.event(note.event);
    }
  };
  const pass = (note: Note) => {
    take(note);
    channel?.postMessage(note);
  };
  const lead = () =>
    readStream(() => seen, pass, stopped.signal);

  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<Note>) => {
      if (data.type !== 'hello') take(data);
      else if (leading) channel.postMessage({ type: 'state', state } satisfies Note);
    };
    channel.postMessage({ type: 'hello' } satisfies Note);
    navigator.locks
      .request(NAME, { signal: stopped.signal }, () => {
        leading = true;
        return lead();
      })
      .catch(() => undefined);
  } else {
    void lead();
  }
  return () => {
    stopped.abort();
    channel?.close();
  };
}

/** Reads the stream until stopped; a lost one is opened again, later each time, up to half a minute. */
async function readStream(after: () => number, pass: (note: Note) => void, stop: AbortSignal): Promise<void> {
  let failures = 0;
  while (!stop.aborted) {
    await new Promise<void>((ended) => {
      const last = after();
      const source = new EventSource(`/api/v1/events/stream${last ? `?after=${last}` : ''}`);
      const close = () => {
        source.close();
        ended();
      };
      stop.addEventListener('abort', close, { once: true });
      source.onopen = () => {
        // What happened between two streams is unknown to a tab that has seen no event yet.
        if (failures > 0 && after() === 0) pass({ type: 'reload' });
        failures = 0;
        pass({ type: 'state', state: 'live' });
      };
      source.addEventListener('change', (message) => {
        const event = parse((message as MessageEvent<string>).data);
        if (event) pass({ type: 'event', event });
      });
      for (const kind of ['typing', 'seen'] as const)
        source.addEventListener(kind, (message) => {
          const sign = parseSign(kind, (message as MessageEvent<string>).data);
          if (sign) pass({ type: 'sign', sign });
        });
      source.addEventListener('presence', (message) => {
        const presence = parsePresence((message as MessageEvent<string>).data);
        if (presence) pass({ type: 'presence', presence });
      });
      source.addEventListener('notice', () => pass({ type: 'notice' }));
      source.addEventListener('reload', () => pass({ type: 'reload' }));
      source.onerror = () => {
        failures += 1;
        pass({ type: 'state', state: failures > 1 ? 'offline' : 'connecting' });
        stop.removeEventListener('abort', close);
        close();
      };
    });
    if (!stop.aborted) await pause(backoff(failures), stop);
  }
}

/** A sign as the stream tells it; nothing where it is not one. */
export function parseSign(kind: Sign['kind'], data: string): Sign | undefined {
  try {
    const { conversation, message } = JSON.parse(data) as { conversation?: unknown; message?: unknown };
    if (typeof conversation !== 'string') return undefined;
    if (kind === 'typing') return { kind, conversation };
    return typeof message === 'string' ? { kind, conversation, message } : undefined;
  } catch {
    return undefined;
  }
}

/** Milliseconds before the next try: 1 s, 2 s, 4 s … at most 30 s. */
export const backoff = (failures: number): number => Math.min(30_000, 1000 * 2 ** Math.max(0, failures - 1));

function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    stop.addEventListener('abort', () => (clearTimeout(timer), done()), { once: true });
  });
}

/** An event from its text; nothing if it is not one. */
export function parse(text: string): LiveEvent | undefined {
  try {
    const found = JSON.parse(text) as LiveEvent;
    return typeof found.seq === 'number' && typeof found.subject_kind === 'string' ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Who is in a conversation, from its text; nothing if it is not that. */
export function parsePresence(text: string): PresenceChange | undefined {
  try {
    const found = JSON.parse(text) as PresenceChange;
    return typeof found.conversation === 'string' && Array.isArray(found.people) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Calls `run` at once, and again at the end of each pause in which it was asked for. */
export function throttle(run: () => void, pauseMs: number): { call: () => void; cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const call = () => {
    if (timer !== undefined) {
      again = true;
      return;
    }
    run();
    timer = setTimeout(() => {
      timer = undefined;
      if (again) {
        again = false;
        call();
      }
    }, pauseMs);
  };
  return { call, cancel: () => (clearTimeout(timer), (timer = undefined), (again = false)) };
}
