import { expect, test } from 'vitest';
import { LANGUAGES, chooseLanguage, fill, loadStrings, speak, wordsOf } from '../src/panel/strings';
import { words as english } from '../src/panel/languages/en';
import { WORDS } from '../src/loader/banner';
import loader from '../src/loader/chat.ts?raw';
import css from '../src/panel/style.css?raw';
import type { Words } from '../src/panel/words';

const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

test('there are ten languages', () => {
  expect([...LANGUAGES].sort()).toEqual(['ar', 'de', 'en', 'es', 'fr', 'it', 'ja', 'nl', 'pl', 'pt']);
});

test.each(LANGUAGES)('%s has every word, with its places, in every plural form', async (language) => {
  const words = await wordsOf(language);
  expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort());
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  for (const key of Object.keys(english) as (keyof Words)[]) {
    const [model, word] = [english[key], words[key]];
    if (typeof model === 'string') {
      expect(word, key).toMatch(/\S/);
      expect(places(word as string), key).toEqual(places(model));
    } else if (Array.isArray(model)) {
      expect(word, key).toHaveLength(model.length);
      expect(new Set(word as readonly string[]).size, `${key} can be told apart`).toBe(model.length);
    } else {
      expect(Object.keys(word).sort(), key).toEqual([...categories].sort());
      for (const form of Object.values(word)) expect(places(form as string), key).toEqual(['{n}']);
    }
  }
  // Copied and forgotten: a language has words of its own.
  if (language !== 'en') expect(Object.keys(english).filter((key) => words[key as keyof Words] === english[key as keyof Words]).length).toBeLessThan(8);
  expect(words.dir).toBe(language === 'ar' ? 'rtl' : 'ltr');
});

test('a banner speaks the same languages, in the same words', async () => {
  expect(Object.keys(WORDS).sort()).toEqual([...LANGUAGES].sort());
  for (const language of LANGUAGES) {
    const words = await wordsOf(language);
    const said = WORDS[language]!.split(',');
    expect(said.slice(0, 5), language).toEqual([...words.matterStates, words.allUpdates]);
    expect(said[5], language).toMatch(/\S/);
    expect(said, language).toHaveLength(6);
  }
});

test('the attribute comes before the page, the page before the browser', () => {
  const check = (wanted: string[], expected: string) => expect(chooseLanguage(wanted)).toBe(expected);
  check(['pt-BR', 'de'], 'pt');
  check(['', 'de-AT', 'fr'], 'de');
  check(['ar_EG'], 'ar');
  check(['tlh', 'sv', 'ja'], 'ja');
  check(['__proto__', 'constructor'], 'en');
  check([], 'en');
});

test('numbers, spans and days follow the language', async () => {
  const said = async (language: string) => speak(language, language, await wordsOf(language));
  const [en, pl, ar, de, ja] = await Promise.all(['en', 'pl', 'ar', 'de', 'ja'].map(said));
  expect([1, 2, 1000].map(en!.newMessages)).toEqual(['1 new message', '2 new messages', '1,000 new messages']);
  expect([1, 2, 5, 22, 25].map(pl!.newMessages)).toEqual(['1 nowa wiadomość', '2 nowe wiadomości', '5 nowych wiadomości', '22 nowe wiadomości', '25 nowych wiadomości']);
  expect(new Set([1, 2, 3, 11, 100].map((n) => ar!.left(n).replace(/[\d٠-٩]+/g, ''))).size).toBe(5);
  expect(de!.personIn(900)).toContain('15 Minuten');
  expect(ja!.personIn(7200)).toContain('2 時間');
  const within = (seconds: number | null, expected: string) => expect(en!.personIn(seconds)).toBe(expected);
  within(null, 'A person will answer you here');
  within(20, 'A person answers here, usually within 1 minute');
  within(900, 'A person answers here, usually within 15 minutes');
  within(7_200, 'A person answers here, usually within 2 hours');
  within(172_800, 'A person answers here, usually within 2 days');
  const date = new Date('2026-03-05T12:00:00');
  expect([de!.day(date, 0), de!.day(date, 1), de!.day(date, 9), en!.day(date, -1)]).toEqual(['Heute', 'Gestern', 'Donnerstag, 5. März', 'Today']);
});

test('what is put in is not read as a place', () => {
  expect(fill('{name} and {why}', { name: '{why}', why: '$&' })).toBe('{why} and $&');
});

test('dates follow the browser where it speaks the language, else the language', async () => {
  const check = async (wanted: string[], locales: string[], expected: string[]) => expect((await loadStrings(wanted, locales)).slice(0, 2)).toEqual(expected);
  await check(['en'], ['de', 'en-GB'], ['en', 'en-GB']);
  await check(['de'], ['en-GB'], ['de', 'de']);
  await check(['de-CH'], ['en', 'de-CH'], ['de', 'de-CH']);
});

test('looks know no left and no right, so that they can be turned round', () => {
  expect(css.match(/(margin|padding|border|inset)-(left|right)|[\s;{](left|right)\s*:|text-align:\s*(left|right)/g)).toBeNull();
});

test('the button speaks the same languages as the panel, in the same words', async () => {
  const titles = /'(Questions\?,[^']+)'\.split/.exec(loader)![1]!.split(',');
  for (const language of LANGUAGES) {
    const { title } = await wordsOf(language);
    expect(titles, language).toContain(language === 'en' ? title : language + title);
  }
  expect(titles).toHaveLength(LANGUAGES.length);
});
