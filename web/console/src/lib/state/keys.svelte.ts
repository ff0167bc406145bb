// Bindings of the screens that are open. The latest wins; dialogs keep the keys to themselves.
import { untrack } from 'svelte';
import { chord, isModifier, isTyping, Sequence } from '$lib/keyboard';

export interface Binding {
  /** "j", "g n", "ctrl+enter" */
  key: string;
  /** What it does, for the overlay and the palette. Without it the binding is not listed. */
  label?: string;
  group?: string;
  run: () => void;
  /** Also while typing. */
  always?: boolean;
}

class Keys {
  #layers = $state.raw<Binding[][]>([]);
  #sequence = new Sequence();

  /** Every binding that would work now, the latest layer first, each key once. */
  get active(): Binding[] {
    const seen = new Set<string>();
    const found: Binding[] = [];
    for (const layer of [...this.#layers].reverse()) {
      for (const binding of layer) {
        if (!seen.has(binding.key)) {
          seen.add(binding.key);
          found.push(binding);
        }
      }
    }
    return found;
  }

  add(layer: Binding[]): () => unknown {
    // The caller's effect must not run again because another screen adds its keys.
    untrack(() => (this.#layers = [...this.#layers, layer]));
    return () => untrack(() => (this.#layers = this.#layers.filter((l) => l !== layer)));
  }

  handle = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isModifier(event)) return;
    if (document.querySelector('dialog[open]')) return;
    const typing = isTyping(event.target as HTMLElement | null);
    const usable = this.active.filter((b) => !typing || b.always);
    const name = chord(event);
    const hit = this.#sequence.press(name, new Set(usable.map((b) => b.key)), event.timeStamp);
    // Enter and Space on a focused control belong to that control.
    if (hit === 'enter' && (event.target as HTMLElement | null)?.closest('a,button,summary')) return;
    const binding = hit ? usable.find((b) => b.key === hit) : undefined;
    if (!binding) return;
    event.preventDefault();
    binding.run();
  };
}

export const keys = new Keys();

/** Adds bindings for as long as the calling component is shown. */
export function useKeys(bindings: Binding[]): void {
  $effect(() => {
    const remove = keys.add(bindings);
    return () => void remove();
  });
}
