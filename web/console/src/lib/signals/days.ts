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
  const between = days.low != null && days.high != null ? `, between ${days.low.toFixed(2)} and ${days.high.toFixed(2)}` : '';
  return { word, figures: `${days.ratio.toFixed(2)} × over ${days.days} ${days.days === 1 ? 'day' : 'days'}${between}` };
}
