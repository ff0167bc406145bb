import type { AnswerText } from '$lib/api';

const PARTS: [keyof AnswerText, string][] = [
  ['title', 'Question'],
  ['expected', 'Is it expected?'],
  ['do_now', 'What to do now?'],
  ['next_update', 'When does the next update come?'],
];

/** The parts whose text differs, each as it would read. */
export function changedParts(live: AnswerText, next: AnswerText): { name: string; text: string }[] {
  return PARTS.filter(([field]) => live[field] !== next[field]).map(([field, name]) => ({ name, text: String(next[field]) }));
}
