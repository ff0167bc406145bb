// Who else is here, in words.
import type { PersonPresent } from '$lib/api';

/** "Jonas is writing. Mara is reading."; nothing where nobody is. */
export function presentWords(people: readonly Pick<PersonPresent, 'name' | 'writing'>[]): string {
  const names = (writing: boolean) => people.filter((p) => p.writing === writing).map((p) => p.name);
  return [said(names(true), 'writing'), said(names(false), 'reading')].filter(Boolean).join(' ');
}

function said(names: string[], what: string): string {
  const [first, second] = names;
  if (first === undefined) return '';
  if (second === undefined) return `${first} is ${what}.`;
  return names.length === 2 ? `${first} and ${second} are ${what}.` : `${first}, ${second} and ${names.length - 2} more are ${what}.`;
}
