import { describe, expect, test } from 'vitest';
import { chord, chords, isTyping, Sequence, shown, type KeyLike } from './keyboard';

describe('chord', () => {
  const check = (event: KeyLike, expected: string) => test(expected, () => expect(chord(event)).toBe(expected));
  check({ key: 'j' }, 'j');
  check({ key: 'J', shiftKey: true }, 'j');
  check({ key: '?', shiftKey: true }, '?');
  check({ key: 'Enter', ctrlKey: true }, 'ctrl+enter');
  check({ key: 'Enter', metaKey: true, shiftKey: true }, 'ctrl+shift+enter');
  check({ key: 'k', ctrlKey: true }, 'ctrl+k');
  check({ key: ' ' }, 'space');
  check({ key: 'ArrowUp', altKey: true }, 'alt+arrowup');
});

describe('chords', () => {
  const check = (event: KeyLike, expected: string[]) => test(expected.join(' or '), () => expect(chords(event)).toEqual(expected));
  check({ key: 'E', shiftKey: true }, ['shift+e', 'e']);
  check({ key: 'E' }, ['e']);
  check({ key: '?', shiftKey: true }, ['?']);
  check({ key: 'ArrowDown', shiftKey: true }, ['shift+arrowdown']);
  check({ key: 'E', shiftKey: true, ctrlKey: true }, ['ctrl+shift+e']);
});

describe('sequence', () => {
  const known = new Set(['j', 'n', 'g n', 'g i']);
  const check = (name: string, presses: [string, number][], expected: (string | undefined)[]) =>
    test(name, () => {
      const sequence = new Sequence();
      expect(presses.map(([key, at]) => sequence.press(key, known, at))).toEqual(expected);
    });
  check('one key', [['j', 0]], ['j']);
  check('two keys', [['g', 0], ['n', 500]], [undefined, 'g n']);
  check('too slow', [['g', 0], ['n', 1500]], [undefined, 'n']);
  check('an unknown second key falls back to its own meaning', [['g', 0], ['j', 100]], [undefined, 'j']);
  check('nothing known', [['q', 0]], [undefined]);
  check('a prefix is used once', [['g', 0], ['n', 100], ['n', 200]], [undefined, 'g n', 'n']);
});

describe('typing', () => {
  const check = (target: Parameters<typeof isTyping>[0], expected: boolean) => test(JSON.stringify(target), () => expect(isTyping(target)).toBe(expected));
  check(null, false);
  check({ tagName: 'DIV' }, false);
  check({ tagName: 'TEXTAREA' }, true);
  check({ tagName: 'INPUT', type: 'search' }, true);
  check({ tagName: 'INPUT', type: 'checkbox' }, false);
  check({ tagName: 'SELECT' }, true);
  check({ tagName: 'DIV', isContentEditable: true }, true);
});

describe('shown', () => {
  const check = (binding: string, expected: string) => test(binding, () => expect(shown(binding)).toBe(expected));
  check('g n', 'g then n');
  check('ctrl+shift+enter', 'Ctrl + Shift + Enter');
  check('?', '?');
});
