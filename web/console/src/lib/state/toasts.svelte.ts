import { sentence } from '$lib/api';

export interface Toast {
  id: number;
  text: string;
  tone: 'info' | 'error';
  action?: { label: string; run: () => void } | undefined;
}

/** The action that the key z carries out. */
export const UNDO = 'Undo';

class Toasts {
  items = $state<Toast[]>([]);
  #next = 1;

  say(text: string, action?: Toast['action'], ms = 6000) {
    this.#add({ id: this.#next++, text, tone: 'info', action }, ms);
  }
  /** Takes the newest thing back that can be. Returns whether there was one. */
  undo(): boolean {
    const last = this.items.findLast((t) => t.action?.label === UNDO);
    if (!last) return false;
    this.dismiss(last.id);
    last.action?.run();
    return true;
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
