// Who else is in the conversation that is open, and telling the others that we are.
import { conversations, type PersonPresent } from '$lib/api';
import { live } from '$lib/state/live.svelte';
import { serverNow } from '$lib/time';

/** It holds for 45 seconds on the server: two of these may be lost. */
const AGAIN_MS = 20_000;
/** Who pauses for so long reads again. */
const PAUSE_MS = 8_000;

export class Viewers {
  others = $state.raw<PersonPresent[]>([]);
  #writing = false;
  #timer: ReturnType<typeof setInterval> | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #off: (() => void) | undefined;

  constructor(
    private readonly conversation: string,
    private readonly me: string,
  ) {}

  /** Says that we are here until the returned function is called. */
  start(): () => void {
    this.#off = live.onPresence((change) => {
      if (change.conversation === this.conversation) this.#take(change.people);
    });
    const look = () => (document.hidden ? this.#leave() : void this.#say());
    this.#timer = setInterval(() => !document.hidden && void this.#say(), AGAIN_MS);
    const leave = () => this.#leave();
    document.addEventListener('visibilitychange', look);
    window.addEventListener('pagehide', leave);
    if (!document.hidden) void this.#say();
    return () => {
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('pagehide', leave);
      clearInterval(this.#timer);
      clearTimeout(this.#pause);
      this.#off?.();
      this.#leave();
    };
  }

  /** News can be heard from now on: who came before that is asked for. */
  heard(): void {
    if (this.#off && !document.hidden) void this.#say();
  }

  /** A key was pressed in the reply or the note. */
  wrote(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#set(false), PAUSE_MS);
    this.#set(true);
  }
  /** It was sent. */
  sent(): void {
    clearTimeout(this.#pause);
    this.#set(false);
  }

  #set(writing: boolean): void {
    if (writing === this.#writing) return;
    this.#writing = writing;
    void this.#say();
  }
  async #say(): Promise<void> {
    try {
      this.#take((await conversations.enter(this.conversation, this.#writing)).people);
    } catch {
      // Without the server nobody else is known; what was known runs out.
      this.#take(this.others);
    }
  }
  #leave(): void {
    this.#writing = false;
    conversations.leave(this.conversation);
  }
  #take(people: PersonPresent[]): void {
    this.others = people.filter((p) => p.id !== this.me && Date.parse(p.until) > serverNow());
  }
}
