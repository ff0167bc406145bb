// People who are named in a note: typed and shown as "@Name", kept as "@{id}" so that it stays true when somebody is renamed.

export interface Someone {
  id: string;
  name: string;
}
export interface Named extends Someone {
  former: boolean;
}
export interface Piece {
  text: string;
  /** Who is meant, where this is a mention of somebody who is still here. */
  who?: Someone;
}

const SHOWN = 8;

/** What is typed after an "@" right before the caret, and where that "@" stands; nothing where nobody is being named. */
export function asked(text: string, caret: number): { from: number; words: string } | null {
  const words = /(?:^|[\s(])@([\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]*)?)$/u.exec(text.slice(0, caret))?.[1];
  return words === undefined ? null : { from: caret - words.length - 1, words };
}

/** The people whose name, or a part of it, begins so. */
export function fitting<T extends Someone>(people: readonly T[], words: string): T[] {
  const wanted = words.toLowerCase();
  const fits = (name: string) => name.startsWith(wanted) || name.split(/[\s-]+/).some((part) => part.startsWith(wanted));
  return people.filter((person) => fits(person.name.toLowerCase())).slice(0, SHOWN);
}

/** The text with somebody's name in place of what was typed, and where the caret stands then. */
export function put(text: string, from: number, caret: number, name: string): { text: string; caret: number } {
  const before = `${text.slice(0, from)}@${name} `;
  return { text: before + text.slice(caret).replace(/^ /, ''), caret: before.length };
}

/** The text as it is kept. Of two people with one name it is the one who was chosen; if nobody was, it stays text. */
export function encode(text: string, people: readonly Someone[], chosen: ReadonlyMap<string, string>): string {
  const ids = new Map<string, string | null>();
  for (const { id, name } of people) ids.set(name, chosen.get(name) ?? (ids.has(name) ? null : id));
  const names = [...ids.keys()].filter((name) => ids.get(name)).sort((a, b) => b.length - a.length);
  let kept = '';
  for (let i = 0; i < text.length; ) {
    const name = text[i] === '@' ? names.find((one) => text.startsWith(one, i + 1) && !/^[\p{L}\p{N}]/u.test(text.slice(i + 1 + one.length))) : undefined;
    kept += name === undefined ? text[i] : `@{${ids.get(name)}}`;
    i += name === undefined ? 1 : name.length + 1;
  }
  return kept;
}

/** The text in pieces, as it is shown. Whoever is unknown stays as written; whoever left is a plain name. */
export function pieces(text: string, people: readonly (Someone & { former?: boolean })[]): Piece[] {
  const known = new Map(people.map((one) => [one.id, one]));
  const found: Piece[] = [];
  const add = (piece: Piece) => {
    const last = found.at(-1);
    if (!piece.text) return;
    if (last && !last.who && !piece.who) last.text += piece.text;
    else found.push(piece);
  };
  let at = 0;
  for (const match of text.matchAll(/@\{(\d{1,19})\}/g)) {
    const who = known.get(match[1] ?? '');
    add({ text: text.slice(at, match.index) });
    add(!who ? { text: match[0] } : who.former ? { text: `@${who.name}` } : { text: `@${who.name}`, who: { id: who.id, name: who.name } });
    at = match.index + match[0].length;
  }
  add({ text: text.slice(at) });
  return found;
}

export const plain = (text: string, people: readonly Someone[]): string =>
  pieces(text, people)
    .map((piece) => piece.text)
    .join('');
