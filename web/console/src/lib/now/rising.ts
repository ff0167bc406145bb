// The order of what rises: who is behind it, how surprising it is, how many it touches.
import type { Severity, WarningKind, WarningView } from '$lib/api';
import { SEVERITIES } from '$lib/words';

/** Shown before somebody asks for the rest. */
export const FIRST = 3;

/** People in doubt come before machines, and these before new names. */
const RANK: Record<WarningKind, number> = { whole_desk: 0, new_value: 0, many_people: 0, rise: 1, repeating_source: 2, relabelled: 3 };

/** The most important first: many people before few, among equals the severe before the rest, then what is least likely by chance, then what is newest. */
export function byImportance(warnings: WarningView[], severity: (w: WarningView) => Severity | undefined = () => undefined): WarningView[] {
  const mild = (w: WarningView) => SEVERITIES.indexOf(severity(w) ?? 'normal');
  const newest = (w: WarningView) => Date.parse(w.first_seen);
  return warnings.toSorted((a, b) => RANK[a.kind] - RANK[b.kind] || b.people - a.people || mild(a) - mild(b) || b.z - a.z || newest(b) - newest(a));
}

/** The arithmetic of a warning, line by line: what was counted, what is usual, how likely that is by chance. */
export function arithmetic(warning: WarningView): { name: string; value: string; note: string }[] {
  const { at_first: first, latest } = warning;
  const days = (f: typeof first) => (f.from === f.to ? day(f.from) : `${day(f.from)} to ${day(f.to)}`);
  const usual = (f: typeof first) => (f.expected >= 0.05 ? `usually ${decimal(f.expected)}: ${decimal(f.count / f.expected)} times as many` : 'usually none');
  const who = (f: typeof first) => (f.people === null || f.people === undefined ? '' : `, ${f.people} different ${f.people === 1 ? 'person' : 'people'}`);
  return [
    { name: 'When first seen', value: String(first.count), note: `${days(first)}; ${usual(first)}${who(first)}` },
    { name: 'Latest day', value: String(latest.count), note: `${days(latest)}; ${usual(latest)}${who(latest)}` },
    { name: 'By chance alone', value: rarity(warning.one_in), note: `${decimal(warning.z)} standard deviations above its own past, given how busy the desk was` },
  ];
}

const day = (date: string) => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
const decimal = (n: number) => (n >= 10 ? String(Math.round(n)) : String(Math.round(n * 10) / 10));

/** "1 in 4,000 days"; beyond a million nobody counts. */
function rarity(oneIn: number): string {
  if (oneIn >= 1e6) return 'less than 1 in a million days';
  const digits = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, oneIn))) - 1);
  return `1 in ${(Math.round(oneIn / digits) * digits).toLocaleString('en-GB')} days`;
}
