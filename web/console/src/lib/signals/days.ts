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
