import { expect, test } from 'vitest';
import { Outbox, uuid } from '../src/panel/outbox';
import { store } from '../src/panel/storage';

/** A storage as browsers have it; `full` refuses writes. */
class FakeStorage implements Storage {
  [name: string]: unknown;
  constructor() {
    Object.defineProperty(this, 'full', { value: false, writable: true, enumerable: false });
  }
  declare full: boolean;
  get length() {
    return Object.keys(this).length;
  }
  key = undefined as never;
  clear = undefined as never;
  getItem(key: string) {
    return Object.hasOwn(this, key) ? (this[key] as string) : null;
  }
  setItem(key: string, value: string) {
    if (this.full) throw new DOMException('full', 'QuotaExceededError');
    this[key] = value;
  }
  removeItem(key: string) {
    delete this[key];
  }
}

function outbox(area: Storage = new FakeStorage(), name = 'm') {
  let count = 0;
  return new Outbox(store(() => area), () => `${name}${++count}`);
}
const texts = (box: Outbox) => box.list().map((item) => item.text).join(' ');

test('messages come out in the order they were written', () => {
  const check = (written: string) => {
    const box = outbox();
    for (const text of written.split(' ')) box.add(text);
    expect(texts(box)).toBe(written);
    expect(box.next()?.text).toBe(written.split(' ')[0]);
  };
  check('one');
  check('one two three');
  check('a b c d e f g h i j k l m');
});

test('they outlive a reload, and a clock that was set back', () => {
  const area = new FakeStorage();
  outbox(area, 'before').add('first');
  const box = outbox(area, 'after');
  box.add('second');
  expect(texts(box)).toBe('first second');
});

test('two tabs share one outbox and lose nothing of each other', () => {
  const area = new FakeStorage();
  const [one, two] = [outbox(area, 'one'), outbox(area, 'two')];
  one.add('a');
  two.add('b');
  one.add('c');
  expect(texts(two)).toBe('a b c');
  one.remove('one1');
  expect(texts(two)).toBe('b c');
});

test('a refused message stays, with its reason, and lets the next one pass', () => {
  const box = outbox();
  const { client_id } = box.add('bad');
  box.add('good');
  box.refuse(client_id, 'too rude');
  expect(box.find(client_id)?.problem).toBe('too rude');
  expect(box.next()?.text).toBe('good');
  box.refuse('nobody', 'x');
  expect(texts(box)).toBe('bad good');
});

test('a storage that is missing, forbidden or full is replaced by memory', () => {
  const check = (open: () => Storage, lasting: boolean) => {
    const kept = store(open);
    const box = new Outbox(kept);
    const { client_id } = box.add('kept');
    expect([texts(box), kept.lasting]).toEqual(['kept', lasting]);
    box.remove(client_id);
    expect(texts(box)).toBe('');
  };
  check(() => undefined as never, false);
  check(() => {
    throw new DOMException('blocked', 'SecurityError');
  }, false);
  const area = new FakeStorage();
  check(() => area, true);
  const later = store(() => area);
  area.full = true;
  const box = new Outbox(later);
  box.add('kept');
  expect(texts(box)).toBe('kept');
});

test('what is no message is passed over', () => {
  const check = (value: string) => {
    const area = new FakeStorage();
    area.setItem('hc:out:x', value);
    expect(outbox(area).list()).toEqual([]);
  };
  check('');
  check('null');
  check('{');
  check('[]');
  check('"text"');
  check('{"client_id":"x"}');
  check('{"client_id":"x","text":1,"n":1}');
});

test('client ids are UUIDs', () => {
  const made = new Set(Array.from({ length: 200 }, uuid));
  expect(made.size).toBe(200);
  for (const id of made) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});
