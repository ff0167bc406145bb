// The assistant's figures in words.
import type { NowView } from '$lib/api';
import { number, span } from '$lib/format';

/** "42 %", with one decimal below ten: "1.5 %". */
export function share(part: number): string {
  const of = part * 100;
  return `${of > 0 && of < 10 ? of.toFixed(1).replace(/\.0$/, '') : Math.round(of)} %`;
}

/**
 * How often it was wrong. People speak up where something is wrong, so the share of those with a known outcome is too high and the
 * share of all is too low: both are said.
 */
export function errorRate(a: Pick<NowView['assistant'], 'answered' | 'known' | 'wrong' | 'wrong_at_most'>): { value: string; note: string } {
  if (!a.known || !a.answered) return { value: '–', note: 'No outcome is known yet' };
  const atMost = a.wrong_at_most == null ? '' : ` (at most ${share(a.wrong_at_most)}, 95 % sure)`;
  return { value: share(a.wrong / a.answered), note: `${number(a.wrong)} of ${number(a.answered)} answered; of the ${number(a.known)} with a known outcome ${share(a.wrong / a.known)}${atMost}` };
}

/** Work is counted in hours: a day of it would be eight of them to one and twenty-four to another. */
export const work = (seconds: number): string => (seconds < 3600 ? span(seconds) : `${number(Math.round(seconds / 3600))} h`);
