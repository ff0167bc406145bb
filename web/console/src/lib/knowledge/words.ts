// What the screens of the help centre say.
import type { ArticleState, ArticleText, ArticleTextLine, Category, Collection, Named } from '$lib/api';
import type { Tone } from '$lib/words';

export const STATE: Record<ArticleState, string> = { draft: 'Draft', published: 'Published', retired: 'Retired' };

/** The state of one language in a word, and how it looks. */
export function textState(text: Pick<ArticleTextLine, 'state' | 'ahead'>): { word: string; tone: Tone } {
  if (text.ahead) return { word: 'Published, newer draft', tone: 'attention' };
  return { word: STATE[text.state], tone: text.state === 'published' ? 'calm' : 'none' };
}

export const emptyText = (): ArticleText => ({ title: '', summary: '', body: '', keywords: [] });

/** The same text, whatever the order of typing was. */
export const sameText = (a: ArticleText, b: ArticleText): boolean =>
  a.title.trim() === b.title && a.summary?.trim() === b.summary && a.body?.trimEnd() === b.body && (a.keywords ?? []).join('\n') === (b.keywords ?? []).join('\n');

/** A name in a language, else in the first of the help centre, else in any. */
export function called(names: Record<string, Named>, languages: string[]): string {
  for (const lang of languages) if (names[lang]) return names[lang].name;
  return Object.values(names)[0]?.name ?? '';
}

/** Every category with its collection, in order, for a choice. */
export function places(collections: Collection[], languages: string[]): { id: string; label: string; group: string }[] {
  return collections.flatMap((c: Collection) => c.categories.map((k: Category) => ({ id: k.id, label: called(k.names, languages), group: called(c.names, languages) })));
}

const NAMES = new Map<string, string>();

/** What a language is called in English. */
export function language(tag: string): string {
  let name = NAMES.get(tag);
  if (name === undefined) {
    try {
      name = new Intl.DisplayNames(['en'], { type: 'language' }).of(tag) ?? tag;
    } catch {
      name = tag;
    }
    NAMES.set(tag, name);
  }
  return name;
}

/** "12 of 15 readers" where somebody said anything. */
export const helped = (helpful: { yes: number; no: number }): string => (helpful.yes + helpful.no ? `${helpful.yes} of ${helpful.yes + helpful.no}` : '–');
