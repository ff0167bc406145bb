import { expect, test } from 'vitest';
import { GROUPS, SCREENS } from './screens';
import { ICONS } from './ui/icons';

const once = (values: string[]) => expect([...new Set(values)]).toEqual(values);

test('each screen is there once, with an icon and a key of its own', () => {
  once(SCREENS.map((screen) => screen.path));
  once(SCREENS.map((screen) => screen.label));
  once(SCREENS.map((screen) => screen.key));
  once(SCREENS.map((screen) => screen.icon));
  once(SCREENS.map((screen) => ICONS[screen.icon]));
});

test('no path begins as another one does: the title and the mark of where one is go by it', () => {
  for (const a of SCREENS) for (const b of SCREENS) if (a !== b) expect(`/${a.path}`.startsWith(`/${b.path}`), `${a.path} and ${b.path}`).toBe(false);
});

test('every group but the first has a heading', () => {
  expect(GROUPS.map((group) => Boolean(group.heading))).toEqual([false, ...GROUPS.slice(1).map(() => true)]);
  once(GROUPS.map((group) => group.heading ?? ''));
});
