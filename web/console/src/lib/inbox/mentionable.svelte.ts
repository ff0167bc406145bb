// Who can be mentioned in a note: everybody who can sign in. Read when a note first needs it.
import { people } from '$lib/api';
import type { Someone } from './mentions';

class Mentionable {
  items = $state.raw<Someone[]>([]);
  #reading: Promise<void> | undefined;

  /** Reads them once; again where that failed. */
  read(): Promise<void> {
    this.#reading ??= people.list().then(
      ({ items }) => void (this.items = items.filter((person) => !person.disabled).map(({ id, name }) => ({ id, name }))),
      // Without them a name stays a name.
      () => void (this.#reading = undefined),
    );
    return this.#reading;
  }
}

export const mentionable = new Mentionable();
