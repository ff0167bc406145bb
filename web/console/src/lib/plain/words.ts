// What a checked text says, in words, and where its marks are in a text as JavaScript counts it.
import type { TextChecked, TextMark, TextMarkKind } from '$lib/api';
import { count } from '$lib/format';

export const MARK: Record<TextMarkKind, string> = {
  long_sentence: 'Long sentence',
  long_average: 'Long sentences',
  passive: 'Who does it?',
  acronym: 'Abbreviation',
  jargon: 'Jargon',
  heavy_word: 'Heavy word',
  double_negative: 'Double negative',
  hedge: 'Vague',
  blame: 'Blame',
  missing_expected: 'Is it expected?',
  missing_do_now: 'What to do now?',
  missing_next_update: 'Next update?',
  time_without_zone: 'Which zone?',
};
const EASE = { easy: 'Easy to read', fairly_easy: 'Fairly easy to read', hard: 'Hard to read', very_hard: 'Very hard to read' };

/** The marks at places of a JavaScript string: the server counts bytes of UTF-8. Marks of another text are left out. */
export function placed(text: string, marks: TextMark[]): TextMark[] {
  const wanted = new Set(marks.flatMap((m) => [m.start, m.end]));
  const at = new Map<number, number>();
  let bytes = 0;
  let units = 0;
  for (const letter of text) {
    if (wanted.has(bytes)) at.set(bytes, units);
    const code = letter.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    units += letter.length;
  }
  at.set(bytes, units);
  return marks.flatMap((m) => {
    const start = at.get(m.start);
    const end = at.get(m.end);
    return start !== undefined && end !== undefined && text.slice(start, end) === m.text ? [{ ...m, start, end }] : [];
  });
}

/** One line: how many suggestions, and how easy it is. A figure that is not steady is not shown as a word. */
export function summary(found: TextChecked, shown: TextMark[]): string {
  const marks = shown.length ? count(shown.length, 'suggestion') : 'No suggestions';
  return found.ease?.reliable ? `${marks}. ${EASE[found.ease.word]}.` : `${marks}.`;
}

/** A text in pieces, what is marked among them. Where marks overlap, the one that begins first has the place. */
export function pieces(text: string, marks: TextMark[]): { text: string; why: string }[] {
  const found: { text: string; why: string }[] = [];
  let at = 0;
  for (const mark of marks.filter((m) => m.end > m.start && m.kind !== 'long_average').sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (mark.start < at) continue;
    if (mark.start > at) found.push({ text: text.slice(at, mark.start), why: '' });
    found.push({ text: text.slice(mark.start, mark.end), why: `${mark.why} ${mark.suggestion}` });
    at = mark.end;
  }
  if (at < text.length) found.push({ text: text.slice(at), why: '' });
  return found;
}
