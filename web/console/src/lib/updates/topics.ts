// What can be chosen as a topic, with the words that the API names it by.

export interface Topic {
  word: string;
  name: string;
  /** What it is, where that is not plain. */
  kind: string;
}

interface Scenario {
  key: string;
  name: string;
  category: string;
}
interface Issue {
  id: string;
  title: string;
  state: string;
}

/** Scenarios first, then their categories, then issues that are not over. What was chosen before and is gone stays, so that it can be taken off. */
export function topicsOf(scenarios: readonly Scenario[], issues: readonly Issue[], chosen: readonly string[]): Topic[] {
  const categories = [...new Set(scenarios.map((s) => s.category).filter(Boolean))];
  const all: Topic[] = [
    ...scenarios.map((s) => ({ word: s.key, name: s.name, kind: '' })),
    ...categories.map((c) => ({ word: `category:${c}`, name: c, kind: 'all of this category' })),
    ...issues.filter((i) => !['resolved', 'dismissed'].includes(i.state) || chosen.includes(`issue:${i.id}`)).map((i) => ({ word: `issue:${i.id}`, name: i.title, kind: 'issue' })),
  ];
  const known = new Set(all.map((t) => t.word));
  return [...all, ...chosen.filter((word) => !known.has(word)).map((word) => ({ word, name: word, kind: 'not in the plan any more' }))];
}

/** The name of a topic's word. */
export function topicName(word: string, all: readonly Topic[]): string {
  return all.find((t) => t.word === word)?.name ?? word;
}
