import { expect, test } from 'vitest';
import { amount, contract, points, share } from './words';

test('amounts are shown exactly', () => {
  const check = (digits: string, expected: string) => expect(amount(digits, 'EUR')).toBe(`${expected} EUR`);
  check('12000.50', '12\u202f000.50');
  check('12000.00', '12\u202f000');
  check('0.07', '0.07');
  check('100000000000.00', '100\u202f000\u202f000\u202f000');
  check('90071992547.93', '90\u202f071\u202f992\u202f547.93');
});

test('contracts, shares and differences are said in words', () => {
  expect(contract({ renewal: '2027-01-31', cancelled: null })).toBe('renews 31 Jan 2027');
  expect(contract({ renewal: '2027-01-31', cancelled: '2026-11-20' })).toBe('cancelled 20 Nov 2026');
  expect(contract({ renewal: null, cancelled: null })).toBe('');
  expect(share({ part: 3, whole: 9, share: null })).toBe('too few');
  expect(share({ part: 3, whole: 10, share: 0.3 })).toBe('30 %');
  expect([points(-0.7), points(0.005), points(-0.001)]).toEqual(['−70 points', '+1 points', '0 points']);
});
