// The window that the screens under /w/{id} are about.
import { getContext, setContext } from 'svelte';
import { windows, type Window } from '$lib/api';
import { Resource } from './resource.svelte';

const KEY = Symbol('window');

export class WindowContext {
  readonly resource: Resource<Window>;

  constructor(readonly id: string) {
    this.resource = new Resource(
      (signal) => windows.read(this.id, signal),
      () => `window:${this.id}`,
    );
  }
  get data(): Window | undefined {
    return this.resource.data;
  }
  /** The zone in which days and shifts of this window are counted. */
  get zone(): string {
    return this.data?.zone || Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  }
  /** The name of a scenario by its key. */
  scenario(key: string | null | undefined): string {
    if (!key) return '';
    return this.data?.scenarios.find((s) => s.key === key)?.name ?? key;
  }
  link(path: string): string {
    return `/w/${this.id}/${path}`;
  }
}

export const provideWindow = (context: WindowContext): WindowContext => setContext(KEY, context);
export const useWindow = (): WindowContext => getContext<WindowContext>(KEY);

/** Remembered for the next visit. */
export const LAST_WINDOW = 'hc-window';
