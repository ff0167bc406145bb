// Keys to actions, without a browser: chords, sequences such as "g n", and what counts as typing.

export interface KeyLike {
  key: string;
  ctrlKey?: boolean;
  metaKey?: boolean;
  altKey?: boolean;
  shiftKey?: boolean;
}

/** The name of a key press: "j", "?", "ctrl+enter", "ctrl+shift+enter". Command counts as control. */
export function chord(event: KeyLike): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const named = key.length > 1;
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push('ctrl');
  if (event.altKey) parts.push('alt');
  // For a character the shift is in the character itself: "?" is not "shift+?".
  if (event.shiftKey && (named || parts.length > 0)) parts.push('shift');
  parts.push(key);
  return parts.join('+');
}

/** The names that a press can be bound under, the more exact first: a capital letter may have a binding of its own, else it is its letter. */
export function chords(event: KeyLike): string[] {
  const name = chord(event);
  const letter = event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey && /^\p{L}$/u.test(event.key);
  return letter ? [`shift+${name}`, name] : [name];
}

const MODIFIERS = new Set(['control', 'shift', 'alt', 'meta', 'altgraph', 'capslock']);
export const isModifier = (event: KeyLike): boolean => MODIFIERS.has(event.key.toLowerCase());

/** Follows presses and says which binding they complete. A prefix waits one second for its second key. */
export class Sequence {
  #prefix = '';
  #until = 0;

  constructor(private readonly patience = 1000) {}

  /** The binding that this press completes, or nothing. `known` has every binding: "j", "g n". */
  press(name: string, known: ReadonlySet<string>, now: number): string | undefined {
    const prefix = now <= this.#until ? this.#prefix : '';
    this.#prefix = '';
    const joined = prefix ? `${prefix} ${name}` : name;
    if (known.has(joined)) return joined;
    if (!prefix && startsSome(name, known)) {
      this.#prefix = name;
      this.#until = now + this.patience;
      return undefined;
    }
    return prefix && known.has(name) ? name : undefined;
  }

  /** The key that waits for its second. */
  pending(now: number): string {
    return now <= this.#until ? this.#prefix : '';
  }
}

function startsSome(name: string, known: ReadonlySet<string>): boolean {
  for (const binding of known) if (binding.startsWith(`${name} `)) return true;
  return false;
}

/** Whether a press in this element is text and not a command. */
export function isTyping(target: { tagName?: string; isContentEditable?: boolean; type?: string } | null): boolean {
  if (!target?.tagName) return false;
  if (target.isContentEditable) return true;
  const tag = target.tagName.toLowerCase();
  if (tag === 'textarea' || tag === 'select') return true;
  return tag === 'input' && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type ?? 'text');
}

/** How a binding is shown: "Ctrl + Enter", "g then n". */
export function shown(binding: string): string {
  return binding
    .split(' ')
    .map((part) =>
      part
        .split('+')
        .map((key) => (key.length > 1 ? key[0]?.toUpperCase() + key.slice(1) : key))
        .join(' + '),
    )
    .join(' then ');
}
