import { describe, expect, it } from 'vitest';
import type { ReviewItem } from '$lib/api';
import { behind, byPart, dueDay, figures, proposedDue } from './words';

const item = (key: string, part: ReviewItem['part'], about: ReviewItem['about'] = { kind: 'nothing' }): ReviewItem => ({ key, part, heading: part, title: key, detail: '', about, urgent: false, note: null });

describe('reviews', () => {
  it('shows an agenda by parts, in its order', () => {
    const groups = byPart([item('a', 'actions'), item('b', 'actions'), item('c', 'exit')]);
    expect(groups.map((g) => [g.part, g.items.map((i) => i.key)])).toEqual([
      ['actions', ['a', 'b']],
      ['exit', ['c']],
    ]);
    expect(byPart([])).toEqual([]);
  });

  it('leads to what is behind a figure', () => {
    const path = (about: ReviewItem['about']) => behind(item('x', 'exit', about))?.path;
    expect(path({ kind: 'issue', id: '7' })).toBe('issues/7');
    expect(path({ kind: 'decision', id: '8' })).toBe('decisions#d8');
    expect(path({ kind: 'promises', id: 'late & paid' })).toBe('inbox?view=breached&dimension=category&value=late%20%26%20paid');
    expect(path({ kind: 'promises', id: '' })).toBe('inbox?view=breached');
    expect(path({ kind: 'exit' })).toBe('exit');
    expect(path({ kind: 'nothing' })).toBeUndefined();
  });

  it('says a due day as people do', () => {
    expect(dueDay('2026-11-17', '2026-11-17')).toBe('today');
    expect(dueDay('2026-11-18', '2026-11-17')).toBe('tomorrow');
    expect(dueDay('2026-11-16', '2026-11-17')).toBe('yesterday');
    expect(dueDay('2026-12-01', '2026-11-30')).toBe('tomorrow');
    expect(dueDay('2026-12-04', '2026-11-17')).toBe('Fri 4 Dec');
    expect(figures('Ann: overdue since 2026-11-16; 20 of 30')).toBe('Ann: overdue since Mon 16 Nov; 20 of 30');
  });

  it('proposes a working day', () => {
    expect(proposedDue('2026-11-17')).toBe('2026-11-19');
    expect(proposedDue('2026-11-19')).toBe('2026-11-23');
    expect(proposedDue('2026-11-21')).toBe('2026-11-24');
  });
});
