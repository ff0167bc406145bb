import { expect, test } from 'vitest';
import { linkify, safeHref } from '../src/panel/linkify';

/** `expected` is the text with each address in square brackets. */
function check(text: string, expected: string) {
  const segments = linkify(text);
  expect(segments.map((s) => (s.href === undefined ? s.text : `[${s.text}]`)).join('')).toBe(expected);
  expect(segments.map((s) => s.text).join('')).toBe(text);
}

test('addresses are found and end where the sentence goes on', () => {
  check('', '');
  check('no address here', 'no address here');
  check('see https://a.example/x', 'see [https://a.example/x]');
  check('see https://a.example/x.', 'see [https://a.example/x].');
  check('(https://a.example/x)', '([https://a.example/x])');
  check('https://a.example/Plan_(old)', '[https://a.example/Plan_(old)]');
  check('is it https://a.example/?q=1&r=2?', 'is it [https://a.example/?q=1&r=2]?');
  check('HTTP://A.EXAMPLE', '[HTTP://A.EXAMPLE]');
  check('“https://a.example/x”', '“[https://a.example/x]”');
  check('<https://a.example/x>', '<[https://a.example/x]>');
  check('https://a.example/ä/ö', '[https://a.example/ä/ö]');
  check('two: http://a.example http://b.example', 'two: [http://a.example] [http://b.example]');
  check('mail help@nordlicht.example.', 'mail [help@nordlicht.example].');
  check('line\nhttps://a.example\nline', 'line\n[https://a.example]\nline');
});

test('what is no address, or a dangerous one, stays text', () => {
  check('javascript:alert(1)', 'javascript:alert(1)');
  check('data:text/html,<script>', 'data:text/html,<script>');
  check('https://', 'https://');
  check('http://.', 'http://.');
  check('xhttps://a.example', 'xhttps://a.example');
  check('@nobody and a@b', '@nobody and a@b');
  check('https://[broken', 'https://[broken');
});

test('only web addresses may be opened', () => {
  const check = (address: string, expected: string | null) => expect(safeHref(address)).toBe(expected);
  check('https://a.example', 'https://a.example/');
  check('http://a.example/x', 'http://a.example/x');
  check('javascript:alert(1)', null);
  check(' java\nscript:alert(1)', null);
  check('data:text/html,x', null);
  check('Terms, section 4', null);
  check('', null);
});

test('no text makes it slow', () => {
  for (const text of ['a@'.repeat(50_000), 'https://'.repeat(12_000), `https://a.example/${')'.repeat(50_000)}`, `${'a'.repeat(99_000)}@`, `a@${'a.'.repeat(50_000)}`]) {
    const begun = performance.now();
    linkify(text);
    expect(performance.now() - begun).toBeLessThan(500);
  }
});
