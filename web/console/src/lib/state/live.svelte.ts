import { untrack } from 'svelte';
import type { LiveEvent, PresenceChange, Sign } from '$lib/api';
import { listen, throttle, type LiveState } from '$lib/live';

class Live {
  state = $state<LiveState>('connecting');
  #listeners = new Set<(event: LiveEvent | null) => void>();
  #signs = new Set<(sign: Sign) => void>();
  #watchers = new Set<(change: PresenceChange) => void>();
  #notices = new Set<() => void>();
  #stop: (() => void) | undefined;

  start() {
    this.#stop ??= listen({
      event: (event) => this.#listeners.forEach((listener) => listener(event)),
      sign: (sign) => this.#signs.forEach((listener) => listener(sign)),
      state: (state) => (this.state = state),
      presence: (change) => this.#watchers.forEach((watcher) => watcher(change)),
      notice: () => this.#notices.forEach((listener) => listener()),
      reload: () => this.#listeners.forEach((listener) => listener(null)),
    });
  }
  stop() {
    this.#stop?.();
    this.#stop = undefined;
  }
  on(listener: (event: LiveEvent | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  onSign(listener: (sign: Sign) => void): () => void {
    this.#signs.add(listener);
    return () => this.#signs.delete(listener);
  }
  /** Our own notices changed. */
  onNotice(listener: () => void): () => void {
    this.#notices.add(listener);
    return () => this.#notices.delete(listener);
  }
  /** Who comes and goes, in whichever conversation. */
  onPresence(watcher: (change: PresenceChange) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }
}

export const live = new Live();

/** Re-reads while the component is shown: when an event matches, when history was lost, when the tab comes back. */
export function useLive(match: (event: LiveEvent) => boolean, read: () => void, pauseMs = 1000): void {
  $effect(() => {
    const slow = throttle(() => untrack(read), pauseMs);
    let missed = false;
    const off = live.on((event) => {
      if (event && !match(event)) return;
      if (document.hidden) missed = true;
      else slow.call();
    });
    const shown = () => {
      if (!document.hidden && missed) {
        missed = false;
        slow.call();
      }
    };
    document.addEventListener('visibilitychange', shown);
    return () => {
      off();
      slow.cancel();
      document.removeEventListener('visibilitychange', shown);
    };
  });
}
