// Bindings of the screens that are open. The latest wins; dialogs keep the keys to themselves.
import { untrack } from 'svelte';
import { chords, isModifier, isTyping, Sequence } from '$lib/keyboard';

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

interface Layer {
  bindings: Binding[];
  /** Before all others, however late they come: what was chosen explicitly goes before what is merely shown. */
  first: boolean;
}

class Keys {
  #layers = $state.raw<Layer[]>([]);
  #sequence = new Sequence();

  /** Every binding that would work now, the latest layer first, each key once. */
  get active(): Binding[] {
    const seen = new Set<string>();
    const found: Binding[] = [];
    const latest = [...this.#layers].reverse();
    for (const layer of [...latest.filter((l) => l.first), ...latest.filter((l) => !l.first)]) {
      for (const binding of layer.bindings) {
        if (!seen.has(binding.key)) {
          seen.add(binding.key);
          found.push(binding);
        }
      }
    }
    return found;
  }

  add(bindings: Binding[], first = false): () => unknown {
    const layer = { bindings, first };
    // The caller's effect must not run again because another screen adds its keys.
    untrack(() => (this.#layers = [...this.#layers, layer]));
    return () => untrack(() => (this.#layers = this.#layers.filter((l) => l !== layer)));
  }

  handle = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isModifier(event)) return;
    if (document.querySelector('dialog[open]')) return;
    const typing = isTyping(event.target as HTMLElement | null);
    const usable = this.active.filter((b) => !typing || b.always);
    const known = new Set(usable.map((b) => b.key));
    const [exact = '', plain = exact] = chords(event);
    const name = known.has(exact) ? exact : plain;
    const hit = this.#sequence.press(name, known, event.timeStamp);
    // Enter and Space on a focused control belong to that control.
    if (hit === 'enter' && (event.target as HTMLElement | null)?.closest('a,button,summary')) return;
    const binding = hit ? usable.find((b) => b.key === hit) : undefined;
    if (!binding) return;
    event.preventDefault();
    binding.run();
  };
}

export const keys = new Keys();

/** Adds bindings for as long as the calling component is shown; `first` are those that go before all others. */
export function useKeys(bindings: Binding[], first = false): void {
  $effect(() => {
    const remove = keys.add(bindings, first);
    return () => void remove();
  });
}
