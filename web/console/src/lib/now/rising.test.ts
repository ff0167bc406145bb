import { describe, expect, it } from 'vitest';
import type { WarningKind, WarningView } from '$lib/api';
import { arithmetic, byImportance } from './rising';

const figures = { from: '2026-11-18', to: '2026-11-20', count: 14, expected: 2, people: 13 };
const warning = (id: string, kind: WarningKind, people: number, z = 4): WarningView =>
  ({ id, kind, people, z, one_in: 4321, first_seen: '2026-11-20T10:00:00Z', at_first: figures, latest: { ...figures, from: '2026-11-20', count: 1, expected: 0.01, people: 1 } }) as WarningView;

describe('what rises', () => {
  it('has people before machines before names, and many before few', () => {
    const all = [warning('name', 'relabelled', 90), warning('source', 'repeating_source', 50), warning('rise', 'rise', 60), warning('few', 'new_value', 6, 9), warning('rare', 'many_people', 20, 5), warning('many', 'many_people', 20, 4), warning('desk', 'whole_desk', 400)];
    expect(byImportance(all).map((w) => w.id)).toEqual(['desk', 'rare', 'many', 'few', 'rise', 'source', 'name']);
    const severe = byImportance(all, (w) => (w.id === 'many' ? 'critical' : undefined));
    expect(severe.map((w) => w.id).slice(0, 3)).toEqual(['desk', 'many', 'rare']);
  });
  it('says its arithmetic', () => {
    expect(arithmetic(warning('a', 'many_people', 13)).map((l) => `${l.name}: ${l.value}, ${l.note}`)).toEqual([
      'When first seen: 14, 18 Nov to 20 Nov; usually 2: 7 times as many, 13 different people',
      'Latest day: 1, 20 Nov; usually none, 1 different person',
      'By chance alone: 1 in 4,300 days, 4 standard deviations above its own past, given how busy the desk was',
    ]);
  });
});
