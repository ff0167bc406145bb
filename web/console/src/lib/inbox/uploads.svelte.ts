// Files that go with the next reply or note: uploaded at once, so that sending is quick, and taken away again if they are not wanted.
import { ApiError, mail, sentence } from '$lib/api';
import { upload } from '$lib/api/upload';
import { toasts } from '$lib/state/toasts.svelte';

const LARGEST = 25 * 1024 * 1024;
const MOST = 10;

export interface Upload {
  key: number;
  name: string;
  size: number;
  /** 0 to 1 while it goes up. */
  share: number;
  id?: string;
  error?: string;
}

export class Uploads {
  items = $state<Upload[]>([]);
  #files = new Map<number, { file: File; stop: AbortController }>();
  #next = 1;

  /** Something still goes up, or failed: sending would leave it out. */
  get pending(): boolean {
    return this.items.some((one) => !one.id);
  }
  get ids(): string[] {
    return this.items.flatMap((one) => one.id ?? []);
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      if (this.items.length >= MOST) return void toasts.say(`A message can have at most ${MOST} files.`);
      const key = this.#next++;
      this.items.push({ key, name: file.name || 'picture.png', size: file.size, share: 0 });
      this.#files.set(key, { file, stop: new AbortController() });
      void this.#send(key);
    }
  }

  again = (key: number): void => void this.#send(key);

  remove = (key: number): void => {
    const one = this.items.find((item) => item.key === key);
    this.#files.get(key)?.stop.abort();
    this.#files.delete(key);
    this.items = this.items.filter((item) => item.key !== key);
    // What stays behind is forgotten by the server after a day.
    if (one?.id) void mail.removeFile(one.id).catch(() => undefined);
  };

  /** They were sent. */
  clear(): void {
    this.items = [];
    this.#files.clear();
  }

  async #send(key: number): Promise<void> {
    const known = this.#files.get(key);
    const item = () => this.items.find((one) => one.key === key);
    const shown = item();
    if (!known || !shown) return;
    delete shown.error;
    shown.share = 0;
    if (known.file.size > LARGEST) return void (shown.error = 'Larger than 25 MB. Send a link to it instead.');
    if (known.file.size === 0) return void (shown.error = 'The file is empty.');
    try {
      const kept = await upload(known.file, (share) => {
        const now = item();
        if (now) now.share = share;
      }, known.stop.signal);
      const now = item();
      if (now) Object.assign(now, { id: kept.id, name: kept.name, share: 1 });
      else void mail.removeFile(kept.id).catch(() => undefined);
    } catch (error) {
      const now = item();
      if (now) now.error = error instanceof ApiError ? error.message : sentence(error);
    }
  }
}
