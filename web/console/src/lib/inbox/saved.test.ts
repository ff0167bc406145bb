import type { ConversationFilters } from '$lib/api';
import { describe, expect, test } from 'vitest';
import { countText, toFilters, toParams } from './saved.svelte';

describe('filters and addresses say the same', () => {
  const check = (filters: ConversationFilters, address: string) =>
    test(address, () => {
      const params = toParams(filters, '7');
      expect(params.toString()).toBe(address);
      expect(toFilters(params, '7', params.get('view'))).toEqual(filters);
    });
  check({}, '');
  check({ view: 'mine', channel: 'email' }, 'view=mine&channel=email');
  check({ window: '7', view: 'all_open', q: 'late invoice' }, 'view=all_open&q=late+invoice&here=1');
  check({ window: '9', scenario: 'login' }, 'scenario=login&window=9');
  check({ window: '7', scenario: 'login' }, 'scenario=login&here=1');
  check({ dimension: 'tag', value: 'vip', since: '2026-11-16T00:00:00Z' }, 'dimension=tag&value=vip&since=2026-11-16T00%3A00%3A00Z');
});

test('a scenario belongs to the window that is open', () => {
  expect(toFilters(new URLSearchParams('scenario=login'), '7', null)).toEqual({ window: '7', scenario: 'login' });
});

describe('counts', () => {
  const check = (count: number | null, more: boolean, expected: string) => test(expected, () => expect(countText({ id: '1', count, more })).toBe(expected));
  check(0, false, '0');
  check(999, false, '999');
  check(1000, true, '999+');
  check(null, false, '–');
  test('not counted yet', () => expect(countText(undefined)).toBe('–'));
});
