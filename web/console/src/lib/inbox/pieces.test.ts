import { expect, test } from 'vitest';
import { fromHit } from './pieces';

const shown = (text: string) => {
  const pieces = text.split('|').map((part, i) => ({ text: part, hit: i % 2 === 1 }));
  return fromHit(pieces).map((piece) => (piece.hit ? `[${piece.text}]` : piece.text)).join('');
};
const check = (text: string, expected: string) => test(text, () => expect(shown(text)).toBe(expected));

check('my |invoice| is higher', 'my [invoice] is higher');
check('no word was found here at all', 'no word was found here at all');
check('You get a new price and then the next |invoice| says it', '…then the next [invoice] says it');
check('https://example.org/a/very/long/address|invoice|', '…[invoice]');
check('|invoice| and |invoice|', '[invoice] and [invoice]');
