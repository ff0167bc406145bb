import { expect, test } from 'vitest';
import { causeOf } from '../src/panel/api';
import { backoff, retryAfter } from '../src/panel/backoff';
import { contrast, readableOn } from '../src/panel/colour';
import { readFields } from '../src/panel/fields';
import { room } from '../src/panel/view/composer';
import { looksLikeEmail } from '../src/panel/view/introduce';

test('waiting doubles, is shortened by chance at most by half, and respects what the server asks', () => {
  const check = (failures: number, random: number, asked: number | null, expected: number) => expect(backoff(failures, random, asked)).toBe(expected);
  check(1, 0, null, 1_000);
  check(1, 1, null, 500);
  check(2, 0, null, 2_000);
  check(5, 0, null, 16_000);
  check(6, 0, null, 30_000);
  check(1_000_000, 0, null, 30_000);
  check(1, 0, 7_000, 7_000);
  check(6, 0, 7_000, 30_000);
  check(1, 0, 86_400_000, 300_000);
});

test('Retry-After is seconds or a date by the server’s clock', () => {
  const check = (header: string | null, date: string | null, expected: number | null) => expect(retryAfter(header, date)).toBe(expected);
  check(null, null, null);
  check('3', null, 3_000);
  check(' 120 ', null, 120_000);
  check('Tue, 01 Dec 2026 10:00:30 GMT', 'Tue, 01 Dec 2026 10:00:00 GMT', 30_000);
  check('Tue, 01 Dec 2026 10:00:00 GMT', 'Tue, 01 Dec 2026 10:00:30 GMT', null);
  check('Tue, 01 Dec 2026 10:00:00 GMT', null, null);
  check('soon', null, null);
  check('-1', null, null);
});

test('fields of the page are sent as they are, also where they are no JSON', () => {
  const check = (text: string | null, expected: unknown) => expect(readFields(text)).toEqual(expected);
  check(null, undefined);
  check('', undefined);
  check('{"place":"Norway"}', { place: 'Norway' });
  check('{"place":"Nor', '{"place":"Nor');
  check('place=Norway', 'place=Norway');
});

test('failures are sorted by what to do about them', () => {
  const check = (status: number, isProblem: boolean, expected: string) => expect(causeOf(status, isProblem)).toBe(expected);
  check(500, true, 'unreachable');
  check(502, false, 'unreachable');
  check(503, true, 'unreachable');
  check(429, true, 'unreachable');
  check(408, false, 'unreachable');
  check(401, true, 'unknown');
  check(404, true, 'unknown');
  check(404, false, 'unreachable');
  check(400, true, 'refused');
  check(413, false, 'refused');
  check(422, true, 'refused');
});

test('an accent colour becomes readable on its ground', () => {
  const check = (accent: string, ground: string) => expect(contrast(readableOn(accent, ground)!, ground)).toBeGreaterThanOrEqual(4.5);
  for (const accent of ['#000', '#fff', '#ff0', '#2458a6', '#808080', '#1f5f5b', '#e11d48', '#39ff14']) for (const ground of ['#ffffff', '#17191d']) check(accent, ground);
  expect(readableOn('#2458a6', '#ffffff')).toBe('#2458a6');
  expect(readableOn('red', '#ffffff')).toBe(null);
  expect(readableOn('#12', '#ffffff')).toBe(null);
  expect(contrast('#000', '#fff')).toBe(21);
});

test('characters are counted as people count them', () => {
  const check = (text: string, left: number) => expect(room(text)).toBe(left);
  check('', 4_000);
  check('ä', 3_999);
  check('👋', 3_999);
  check('x'.repeat(4_001), -1);
});

test('what cannot be an e-mail address is caught before sending', () => {
  const check = (text: string, expected: boolean) => expect(looksLikeEmail(text)).toBe(expected);
  check('ida@studio.example', true);
  check('i.da+x@mail.studio.example', true);
  check('ida', false);
  check('ida@', false);
  check('ida@studio', false);
  check('ida@studio..example', false);
  check('ida @studio.example', false);
  check(`${'x'.repeat(65)}@studio.example`, false);
});
