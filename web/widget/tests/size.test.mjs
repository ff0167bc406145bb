import { expect, test } from 'vitest';
import { sizes } from './size.mjs';

test('the loader stays under one kilobyte and the panel, with its looks and one language, under 25, compressed', () => {
  const { loader, panel, languages } = sizes();
  expect(languages, 'languages are files of their own').toBe(9);
  expect(loader).toBeGreaterThan(300);
  expect(loader).toBeLessThanOrEqual(1_024);
  expect(panel).toBeGreaterThan(3_000);
  expect(panel).toBeLessThanOrEqual(25_000);
});
