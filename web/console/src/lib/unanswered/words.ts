// The sentences about unanswered messages, in one place.
import type { Unanswered, UnsupportedPassage } from '$lib/api';
import { count, percent } from '$lib/format';

/** How the last 24 hours compare with the 24 before. */
export function course(lastDay: number, dayBefore: number): string {
  if (lastDay === 0 && dayBefore === 0) return 'none in the last two days';
  if (dayBefore === 0) return `${lastDay} in the last 24 hours, none the day before`;
  return `${lastDay} in the last 24 hours, ${dayBefore} the day before`;
}

/** How far an answer that there is comes near. */
export function nearness(nearest: NonNullable<Unanswered['nearest']>): string {
  const used = nearest.used > 0 ? `people replied with it ${nearest.used === 1 ? 'once' : `${nearest.used} times`}` : '';
  const fits = nearest.confidence === null || nearest.confidence === undefined ? '' : `fits with ${percent(nearest.confidence)}`;
  return [fits, used].filter(Boolean).join(', ');
}

export const asked = (group: Unanswered): string => `${count(group.messages, 'message')} of ${count(group.people, 'customer')}`;

/** A text in pieces: what its source does not say is marked, also where two marks touch or overlap. */
export function pieces(text: string, passages: UnsupportedPassage[]): { text: string; why: string }[] {
  const marks = passages.filter((p) => p.kind !== 'length' && p.end > p.start && text.slice(p.start, p.end) === p.text).sort((a, b) => a.start - b.start || b.end - a.end);
  const found: { text: string; why: string }[] = [];
  let at = 0;
  for (const mark of marks) {
    if (mark.end <= at) continue;
    const start = Math.max(mark.start, at);
    if (start > at) found.push({ text: text.slice(at, start), why: '' });
    found.push({ text: text.slice(start, mark.end), why: mark.why });
    at = mark.end;
  }
  if (at < text.length) found.push({ text: text.slice(at), why: '' });
  return found;
}

/** The passages that a text still has after a person went over it, each at a place where it stands now. */
export function remaining(text: string, passages: UnsupportedPassage[]): UnsupportedPassage[] {
  const found: UnsupportedPassage[] = [];
  let from = 0;
  for (const passage of [...passages].sort((a, b) => a.start - b.start)) {
    if (passage.kind === 'length') {
      if (text === passage.text) found.push(passage);
      continue;
    }
    let at = text.indexOf(passage.text, from);
    if (at < 0) at = text.indexOf(passage.text);
    if (at < 0) continue;
    found.push({ ...passage, start: at, end: at + passage.text.length });
    from = at;
  }
  return found;
}
