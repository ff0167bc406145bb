import { expect, test } from 'vitest';
import { sizes } from './size.mjs';

test('the loader stays under one kilobyte and the panel under 25, compressed', () => {
  const { loader, panel } = sizes();
  expect(loader).toBeGreaterThan(300);
  expect(loader).toBeLessThanOrEqual(1_024);
  expect(panel).toBeGreaterThan(3_000);
  expect(panel).toBeLessThanOrEqual(25_000);
});
