// What a screen reads from the server: the old data stays while the new is on its way.
import { untrack } from 'svelte';
import { ApiError, onConnection } from '$lib/api';

const LIMIT = 200;
const cache = new Map<string, unknown>();

function remember(key: string, value: unknown) {
  cache.delete(key);
  cache.set(key, value);
  const oldest = cache.keys().next();
  if (cache.size > LIMIT && !oldest.done) cache.delete(oldest.value);
}

/** Forgets everything, when another person signs in. */
export const forgetAll = (): void => cache.clear();

export class Resource<T> {
  data = $state.raw<T | undefined>();
  error = $state.raw<ApiError | undefined>();
  loading = $state(true);
  #read: (signal: AbortSignal) => Promise<T>;
  #key: (() => string) | undefined;
  #shownKey: string | undefined;
  #running: AbortController | undefined;

  constructor(read: (signal: AbortSignal) => Promise<T>, key?: () => string) {
    this.#read = read;
    this.#key = key;
  }

  /** Reads again. What `read` uses before its first await is tracked by the caller's effect. */
  refresh = async (): Promise<void> => {
    this.#running?.abort();
    const mine = (this.#running = new AbortController());
    const key = this.#key?.();
    const reading = this.#read(mine.signal);
    untrack(() => {
      if (key !== this.#shownKey) this.data = key === undefined ? undefined : (cache.get(key) as T | undefined);
      this.#shownKey = key;
      this.loading = true;
    });
    try {
      const data = await reading;
      if (mine.signal.aborted) return;
      this.data = data;
      this.error = undefined;
      if (key !== undefined) remember(key, data);
    } catch (error) {
      if (mine.signal.aborted) return;
      this.error = error instanceof ApiError ? error : new ApiError(0, { detail: 'Something went wrong. Try again.' });
    } finally {
      if (!mine.signal.aborted) this.loading = false;
    }
  };

  /** Shows a result that is already known: an optimistic change, or the answer to one. */
  set(data: T) {
    this.data = data;
    if (this.#shownKey !== undefined) remember(this.#shownKey, data);
  }

  stop() {
    this.#running?.abort();
  }
}

/** Reads what failed for want of a network, once the server is reached again. Returns how to stop. */
export const whenReached = (found: Resource<unknown>): (() => void) =>
  onConnection((state) => {
    if (state === 'reached' && found.error?.offline && !found.loading) void found.refresh();
  });

/** A resource that reads when the component is shown, when what it depends on changes, and when the network returns. */
export function resource<T>(read: (signal: AbortSignal) => Promise<T>, key?: () => string): Resource<T> {
  const found = new Resource(read, key);
  $effect(() => {
    void found.refresh();
    return () => found.stop();
  });
  $effect(() => whenReached(found));
  return found;
}
