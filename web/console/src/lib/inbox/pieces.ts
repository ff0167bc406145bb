// A found text where there is room for little of it.
import type { TextPiece } from '$lib/api';

/** The text from shortly before the first word that was searched for, at a whole word: further left it would be cut off unseen. */
export function fromHit(pieces: readonly TextPiece[], before = 18): TextPiece[] {
  const first = pieces.findIndex((piece) => piece.hit);
  if (first < 0) return [...pieces];
  const lead = pieces
    .slice(0, first)
    .map((piece) => piece.text)
    .join('');
  if (lead.length <= before) return [...pieces];
  const cut = lead.slice(-before);
  const word = cut.indexOf(' ');
  return [{ text: `…${word < 0 ? '' : cut.slice(word + 1)}`, hit: false }, ...pieces.slice(first)];
}
