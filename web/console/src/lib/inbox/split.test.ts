import { describe, expect, it } from 'vitest';
import type { Message } from '$lib/api';
import { splittable } from './split';

const message = (id: string, over: Partial<Message> = {}) => ({ id, author: 'customer', note: false, hand: null, ...over }) as Message;

describe('splittable', () => {
  const check = (messages: Message[], gone: string[], ids: string[]) => expect(splittable(messages, new Set(gone)).map((m) => m.id)).toEqual(ids);
  it('offers the customer’s own words, the newest first', () => {
    check([], [], []);
    check([message('1'), message('2', { author: 'person' }), message('3')], [], ['3', '1']);
    check([message('1', { hand: { kind: 'machine', evidence: '' } }), message('2', { note: true, author: 'person' })], [], []);
  });
  it('offers nothing twice', () => check([message('1'), message('2')], ['2'], ['1']));
  it('offers a bounded number', () => {
    const many = Array.from({ length: 30 }, (_, i) => message(String(i)));
    check(many, [], many.slice(-20).reverse().map((m) => m.id));
  });
});
