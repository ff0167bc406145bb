// The words of "How sure", in one place.
import type { OutcomeSource, SureState } from '$lib/api';
import type { Tone } from '$lib/words';

export const STATE: Record<SureState, { word: string; tone: Tone }> = {
  answers: { word: 'Answers', tone: 'calm' },
  too_few: { word: 'Only suggests', tone: 'attention' },
  too_often_wrong: { word: 'Only suggests', tone: 'attention' },
  not_yet_known: { word: 'Being judged', tone: 'none' },
  fixed: { word: 'Fixed by the plan, no promise', tone: 'attention' },
  off: { word: 'Switched off', tone: 'none' },
};

export const SOURCE: Record<OutcomeSource, { word: string; means: string }> = {
  customer: { word: 'Customers', means: 'said whether the answer helped' },
  person: { word: 'People', means: 'answered with an approved answer, judged the assistant’s, or said that it is not about the change' },
  labelled: { word: 'Labelled', means: 'messages whose right answer was told here' },
};

/** "2 %", "0.5 %": a rate as people say it. */
export function rate(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}
