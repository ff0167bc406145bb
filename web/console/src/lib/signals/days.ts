import type { Pooled } from '$lib/api';
import { addDays, instantIn } from '$lib/time';

/** How far from what was expected still counts as back to normal, unless the plan says otherwise. */
export const margin = 0.2;

interface Place {
  zone: string;
  link: (path: string) => string;
}

/** The conversations behind one day of a signal. */
export function dayLink(place: Place, signal: { key: string }, date: string): string {
  const at = (day: string) => encodeURIComponent(new Date(instantIn(day, 0, 0, place.zone)).toISOString());
  return place.link(`inbox?signal=${encodeURIComponent(signal.key)}&since=${at(date)}&until=${at(addDays(date, 1))}`);
}

/** Several days taken together in words: what they show, and the figures behind it. */
export function pooled(days: Pooled): { word: string; figures: string } {
  const word = !days.within ? 'Not back yet' : days.proven ? 'Proven' : 'Consistent with normal';
  const between = days.low != null && days.high != null ? `, between ${times(days.low)} and ${times(days.high)}` : '';
  return { word, figures: `${times(days.ratio)} × over ${days.days} ${days.days === 1 ? 'day' : 'days'}${between}` };
}

/** A ratio as exactly as it can be known: where nearly nothing was usual, only that it is many times as much. */
const times = (ratio: number): string => (ratio > 100 ? 'more than 100' : ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(2));
