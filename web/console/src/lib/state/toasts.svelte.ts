import { sentence } from '$lib/api';

export interface Toast {
  id: number;
  text: string;
  tone: 'info' | 'error';
  action?: { label: string; run: () => void } | undefined;
}

class Toasts {
  items = $state<Toast[]>([]);
  #next = 1;

  say(text: string, action?: Toast['action']) {
    this.#add({ id: this.#next++, text, tone: 'info', action }, 6000);
  }
  /** Something did not work: stays longer, and says what to do. */
  fail(error: unknown, action?: Toast['action']) {
    this.#add({ id: this.#next++, text: sentence(error), tone: 'error', action }, 12_000);
  }
  dismiss(id: number) {
    this.items = this.items.filter((t) => t.id !== id);
  }
  #add(toast: Toast, ms: number) {
    this.items = [...this.items.slice(-2), toast];
    setTimeout(() => this.dismiss(toast.id), ms);
  }
}

export const toasts = new Toasts();
