// An update's effect in words.
import type { UpdateEffect } from '$lib/api';
import type { Tone } from '$lib/words';

const number = (n: number) => (Number.isFinite(n) ? (n >= 10 ? n.toFixed(0) : n.toFixed(2)) : 'any');

/** "0.19 times as many (0.06 to 0.49)". */
export function ratio(found: NonNullable<UpdateEffect['found']>): string {
  return `${number(found.ratio)} times as many (95 %: ${number(found.low)} to ${found.high === null ? 'any' : number(found.high)})`;
}

export const VERDICT: Record<NonNullable<UpdateEffect['found']>['verdict'], { word: string; tone: Tone }> = {
  fewer: { word: 'Clearly fewer', tone: 'calm' },
  more: { word: 'Clearly more', tone: 'attention' },
  unclear: { word: 'No clear difference', tone: 'none' },
};

/** The list of conversations that a side's figure is of. */
export function listOf(link: string, effect: UpdateEffect, side: { from: string; to: string }): string {
  const query = new URLSearchParams({ view: 'all', signal: 'contacts', dimension: effect.dimension, value: effect.value, since: side.from, until: side.to });
  return `${link}?${query}`;
}
