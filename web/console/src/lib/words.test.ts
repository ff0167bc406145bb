import { describe, expect, test } from 'vitest';
import { changedParts } from './answers/parts';
import { filterLabels } from './inbox/filters';
import { consoleLink } from './links';
import { mayDecide } from './decisions/rights';
import { checklist } from './plan/readiness';
import { lineOf, offsetOf } from './plan/text';
import { dayLink } from './signals/days';
import type { Window } from './api/types';

describe('links', () => {
  const check = (link: string | null, expected: string | undefined) => test(String(link), () => expect(consoleLink(link, '4')).toBe(expected));
  check('conversation/12', '/w/4/inbox?c=12');
  check('/conversations/12', '/w/4/inbox?c=12');
  check('issues/3', '/w/4/issues/3');
  check('decision/5', '/w/4/decisions#d5');
  check('/w/1/now', '/w/1/now');
  check('https://elsewhere.example', undefined);
  check(null, undefined);
});

describe('filters', () => {
  const names = { zone: 'Europe/Berlin', scenario: (key: string) => `“${key}”` };
  const check = (query: string, expected: string[]) => test(query || 'none', () => expect(filterLabels(new URLSearchParams(query), names).map((f) => f.label)).toEqual(expected));
  check('', []);
  check('view=mine&q=x', []);
  check('severity=critical&scope=in', ['Critical', 'About the change']);
  check('signal=first_response&since=2026-11-17T23:00:00Z&until=2026-11-18T23:00:00Z', ['Behind the signal first response', 'From Wed 18 Nov', 'Before Thu 19 Nov']);
  check('scenario=price', ['“price”']);
  check('here=1', ['Only this window']);
});

describe('who may decide', () => {
  const window = { scenarios: [{ key: 'price', may_confirm: ['shift-owner', 'a@x.example'], may_approve: [], may_roll_back: ['a@x.example', 'b@x.example', 'c@x.example'] }] } as unknown as Window;
  const check = (kind: Parameters<typeof mayDecide>[1], scenario: string | null, expected: string) => test(`${kind} ${scenario}`, () => expect(mayDecide(window, kind, scenario)).toBe(expected));
  check('confirm_expected', 'price', 'May be decided by the shift owner or a@x.example.');
  check('trigger_workaround', 'price', 'May be decided by a@x.example, b@x.example or c@x.example.');
  check('approve_message', 'price', 'May be decided by the shift owner.');
  check('confirm_expected', null, 'May be decided by the shift owner.');
});

describe('readiness', () => {
  const check = (key: string, part: string) => test(key, () => expect(checklist([{ key, what: '', fix: '' }]).find((r) => r.gaps.length)?.part).toBe(part));
  check('answers.price.approved', 'answers');
  check('scenarios[2].owner', 'scenarios');
  check('rollback', 'change');
  check('shifts', 'shifts');
  check('something.new', 'other');
  test('nothing missing shows every part', () => expect(checklist([]).every((r) => r.gaps.length === 0)).toBe(true));
});

describe('places in a plan', () => {
  const text = '[window]\nkey = "w"\n\n[[answers]]\nkey = "price"\ntitle = "x"\n';
  const line = (key: string, expected: number) => test(`line of ${key}`, () => expect(lineOf(text, key)).toBe(expected));
  line('answers.price.approved', 5);
  line('answers.other', 4);
  line('window.zone', 1);
  line('coverage', 1);
  const offset = (at: [number, number], expected: number) => test(`offset of ${at}`, () => expect(offsetOf(text, ...at)).toBe(expected));
  offset([1, 1], 0);
  offset([2, 3], 11);
  offset([2, 99], 18);
  offset([99, 1], text.length);
});

test('a day of a signal opens to the conversations of that local day', () => {
  const place = { zone: 'Europe/Berlin', link: (path: string) => `/w/1/${path}` };
  expect(decodeURIComponent(dayLink(place, { key: 'contacts' }, '2026-11-18'))).toBe('/w/1/inbox?signal=contacts&since=2026-11-17T23:00:00.000Z&until=2026-11-18T23:00:00.000Z');
});

test('only the parts that differ are shown before approval', () => {
  const live = { title: 'a', expected: 'b', do_now: 'c', next_update: 'd', source: '', examples: [] };
  expect(changedParts(live, { ...live, do_now: 'e', examples: ['x'] })).toEqual([{ name: 'What to do now?', text: 'e' }]);
});
