/** Which language the chat speaks, and its words made ready: numbers, plurals and spans by the rules of the language. */

import { words as english } from './languages/en';
import type { Forms, Words } from './words';

type Counted = 'newMessages' | 'left' | 'tooMany' | 'unread';
type Filled = 'refused' | 'typing' | 'transcriptSent' | 'removeFile' | 'tooLarge';

export interface Strings extends Omit<Words, Counted | Filled> {
  personWill: string;
  /** When a person answers, from the seconds that are promised; null where nothing is. */
  personIn(within: number | null): string;
  refused(why: string): string;
  typing(name: string): string;
  transcriptSent(email: string): string;
  removeFile(name: string): string;
  tooLarge(name: string): string;
  newMessages(count: number): string;
  left(count: number): string;
  tooMany(count: number): string;
  unread(count: number): string;
  /** "today", "yesterday" or the date, as a heading. */
  day(at: Date, daysAgo: number): string;
}

/** English is part of the panel, so that there are words even where a language's file cannot be loaded; each other
 * language is a file of its own, loaded by those who speak it. */
const others: Record<string, () => Promise<{ words: Words }>> = {
  ar: () => import('./languages/ar'),
  de: () => import('./languages/de'),
  es: () => import('./languages/es'),
  fr: () => import('./languages/fr'),
  it: () => import('./languages/it'),
  ja: () => import('./languages/ja'),
  nl: () => import('./languages/nl'),
  pl: () => import('./languages/pl'),
  pt: () => import('./languages/pt'),
};

export const LANGUAGES: readonly string[] = ['en', ...Object.keys(others)];

/** The first wanted language that there is; English if there is none. */
export function chooseLanguage(wanted: readonly string[]): string {
  const codes = wanted.map((tag) => tag.toLowerCase().split(/[-_]/)[0]!);
  return codes.find((code) => LANGUAGES.includes(code)) ?? 'en';
}

/** The words of a language of `LANGUAGES`. */
export async function wordsOf(language: string): Promise<Words> {
  return language === 'en' ? english : (await others[language]!()).words;
}

/** The language with its words; English where its file does not come. */
export async function loadStrings(wanted: readonly string[], locales: readonly string[]): Promise<[language: string, locale: string, Strings]> {
  const chosen = chooseLanguage(wanted);
  const [language, words] = await wordsOf(chosen).then(
    (words) => [chosen, words] as const,
    () => ['en', english] as const,
  );
  // Dates as the visitor is used to them, 14:05 or 2:05 PM, where they speak the language themselves.
  const locale = locales.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;
  return [language, locale, speak(language, locale, words)];
}

/** Words made ready. Plurals follow the language, digits and dates the visitor's habit. */
export function speak(language: string, locale: string, words: Words): Strings {
  const rules = new Intl.PluralRules(language);
  const number = new Intl.NumberFormat(locale);
  const counted = (forms: Forms) => (count: number) => fill(forms[rules.select(count)] ?? forms.other, { n: number.format(count) });
  const filled = (text: string, name: string) => (value: string) => fill(text, { [name]: value });
  return {
    ...words,
    personIn: (within) => (within === null ? words.personWill : fill(words.personWithin, { span: span(locale, within) })),
    refused: filled(words.refused, 'why'),
    typing: filled(words.typing, 'name'),
    transcriptSent: filled(words.transcriptSent, 'email'),
    removeFile: filled(words.removeFile, 'name'),
    tooLarge: filled(words.tooLarge, 'name'),
    newMessages: counted(words.newMessages),
    left: counted(words.left),
    tooMany: counted(words.tooMany),
    unread: counted(words.unread),
    day(at, daysAgo) {
      if (daysAgo > 1) return at.toLocaleDateString(locale, { weekday: 'long', day: 'numeric', month: 'long' });
      const text = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-Math.max(0, daysAgo), 'day');
      return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
    },
  };
}

/** Puts values where their names stand. A value that looks like a place is not filled again. */
export function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}

/** "15 minutes", "2 hours", in the words of the language. */
function span(locale: string, seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const [value, unit] = minutes < 90 ? [minutes, 'minute'] : minutes < 36 * 60 ? [Math.round(minutes / 60), 'hour'] : [Math.round(minutes / 1440), 'day'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}
