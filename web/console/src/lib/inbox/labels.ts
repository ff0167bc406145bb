// Which labels can be added to several conversations, and which taken away.
import type { Choice } from '$lib/ui/Picker.svelte';

const LONGEST = 40;

/** Choices by what is typed: ids begin with + for adding and − for taking away. */
export function labelChoices(tags: readonly string[][], typed: string): Choice[] {
  const counts = new Map<string, number>();
  for (const tag of tags.flat()) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const text = typed.trim().toLowerCase();
  const fitting = [...counts].filter(([tag]) => tag.includes(text)).sort(([a], [b]) => a.localeCompare(b));
  const is = text.length > 0 && [...text].length <= LONGEST && !text.includes(',') && !counts.has(text);
  return [
    ...(is ? [{ id: `+${text}`, label: `Add “${text}”` }] : []),
    ...fitting.filter(([, n]) => n < tags.length).map(([tag, n]) => ({ id: `+${tag}`, label: `Add “${tag}”`, hint: `${n} of ${tags.length} have it` })),
    ...fitting.map(([tag, n]) => ({ id: `-${tag}`, label: `Remove “${tag}”`, hint: `${n} of ${tags.length} have it` })),
  ];
}
