// What concerns whoever is signed in: read at the beginning and whenever the server says that it changed.
import { goto } from '$app/navigation';
import { notices as api, type Notice, type NoticeSettings } from '$lib/api';
import { compareIds } from '$lib/inbox/merge';
import { throttle } from '$lib/live';
import { live } from '$lib/state/live.svelte';
import { session } from '$lib/state/session.svelte';
import { toasts } from '$lib/state/toasts.svelte';
import { looking, show } from './desktop';
import { leadsTo, said } from './group';

const PAGE = 50;
/** Several of the same moment are read once. */
const PAUSE_MS = 400;

class Notices {
  items = $state.raw<Notice[]>([]);
  unread = $state(0);
  next = $state.raw<string | null>(null);
  loaded = $state(false);
  problem = $state.raw<unknown>();
  settings = $state.raw<NoticeSettings | undefined>();
  /** The window that is open: where notices of no window lead. */
  here: string | undefined;
  #newest = '';
  #person: string | undefined;

  /** Follows until the returned function is called. */
  start(): () => void {
    if (this.#person !== session.me?.user.id) this.#forget();
    const slow = throttle(() => void this.read(), PAUSE_MS);
    const stops = [live.onNotice(slow.call), live.on((event) => event === null && slow.call()), looking()];
    // What another node or another browser did is seen when somebody comes back.
    const shown = () => !document.hidden && this.unread > 0 && slow.call();
    document.addEventListener('visibilitychange', shown);
    return () => {
      stops.forEach((stop) => stop());
      slow.cancel();
      document.removeEventListener('visibilitychange', shown);
    };
  }
  #forget() {
    this.#person = session.me?.user.id;
    [this.items, this.unread, this.next, this.loaded, this.settings, this.#newest] = [[], 0, null, false, undefined, ''];
  }

  read = async (): Promise<void> => {
    try {
      const page = await api.list({ limit: PAGE });
      const last = page.items.at(-1)?.id;
      // Pages that were asked for stay.
      const older = last && page.next ? this.items.filter((one) => compareIds(one.id, last) < 0) : [];
      this.items = [...page.items, ...older];
      if (older.length === 0) this.next = page.next;
      this.unread = page.unread;
      this.problem = undefined;
      this.#tell(page.items[0]);
      this.loaded = true;
    } catch (error) {
      this.problem = error;
    }
  };
  more = async (): Promise<void> => {
    if (!this.next) return;
    try {
      const page = await api.list({ limit: PAGE, cursor: this.next });
      this.items = [...this.items, ...page.items];
      this.next = page.next;
    } catch (error) {
      toasts.fail(error);
    }
  };

  /** A conversation is before somebody's eyes: what was told of it is read. */
  readIn(conversation: string): void {
    this.#mark((one) => one.conversation?.id === conversation);
    void this.#done(() => api.read({ conversation }));
  }
  /** All that is shown; what comes meanwhile stays unread. */
  readAll = (): void => {
    const until = this.items[0]?.id;
    if (!until) return;
    this.#mark(() => true);
    void this.#done(() => api.read({ all: true, until }));
  };
  #mark(which: (one: Notice) => boolean) {
    this.items = this.items.map((one) => (which(one) ? { ...one, read: true } : one));
  }
  async #done(call: () => Promise<{ unread: number }>): Promise<void> {
    try {
      this.unread = (await call()).unread;
    } catch {
      // They stay unread on the server: what is true is shown.
      void this.read();
    }
  }

  readSettings = async (): Promise<void> => {
    try {
      this.settings = await api.settings();
    } catch (error) {
      toasts.fail(error);
    }
  };
  choose = async (settings: NoticeSettings): Promise<void> => {
    const before = this.settings;
    this.settings = settings;
    try {
      this.settings = await api.choose(settings);
    } catch (error) {
      this.settings = before;
      toasts.fail(error);
    }
  };

  /** What came since the last look is shown on the desktop, if that is wanted. */
  #tell(newest: Notice | undefined) {
    const before = this.#newest;
    this.#newest = newest?.id ?? before;
    if (!newest || newest.read || !this.loaded || (before && compareIds(newest.id, before) <= 0) || !document.hidden) return;
    void this.#toDesktop(newest);
  }
  async #toDesktop(notice: Notice): Promise<void> {
    if (!this.settings) await this.readSettings();
    const words = this.settings?.desktop_words ? `${notice.conversation?.subject ?? ''}\n${notice.text ?? ''}`.trim() : '';
    const secret = notice.kind === 'message' ? 'A customer wrote' : said({ notice, count: 1, unread: true });
    const title = words ? said({ notice, count: 1, unread: true }) : secret;
    const to = leadsTo(notice, this.here);
    await show({ id: notice.id, title, body: words }, () => to && void goto(to));
  }
}

export const notices = new Notices();
