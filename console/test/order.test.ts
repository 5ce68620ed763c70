// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';

import { Attention } from '../src/queue/attention';
import { arrange, compare } from '../src/queue/order';
import { incident } from './incidents';

const byId = (...all: ReturnType<typeof incident>[]) => new Map(all.map((one) => [one.id, one]));
const minute = (n: number): string => new Date(Date.UTC(2026, 10, 21, 10, n)).toISOString();

describe('the queue', () => {
  it('puts the higher level first and then the newer', () => {
    const old = incident({ id: 'old', level: 'CRITICAL', openedAt: minute(1) });
    const fresh = incident({ id: 'fresh', level: 'CRITICAL', openedAt: minute(9) });
    const low = incident({ id: 'low', level: 'LOW', openedAt: minute(30) });
    expect([low, old, fresh].sort(compare).map(({ id }) => id)).toEqual(['fresh', 'old', 'low']);
  });

  it('orders equals by their ids, so that the order never flickers', () => {
    const [a, b] = [incident({ id: 'a' }), incident({ id: 'b' })];
    expect([b, a].sort(compare)).toEqual([a, b]);
    expect([a, b].sort(compare)).toEqual([a, b]);
  });

  it('moves nothing while the operator points at it', () => {
    const a = incident({ id: 'a', level: 'LOW' });
    const b = incident({ id: 'b', level: 'LOW', openedAt: minute(1) });
    const worse = { ...b, level: 'CRITICAL' as const };
    const fresh = incident({ id: 'fresh', level: 'HIGH' });
    const all = [a, worse, fresh];
    expect(arrange(['a', 'b'], all, byId(...all), true)).toEqual({ shown: ['a', 'b'], waiting: ['fresh'] });
    expect(arrange(['a', 'b'], all, byId(...all), false)).toEqual({ shown: ['b', 'fresh', 'a'], waiting: [] });
  });

  it('keeps the place of what was closed while the operator points at it', () => {
    const a = incident({ id: 'a' });
    const closed = incident({ id: 'b', status: 'RESOLVED' });
    expect(arrange(['b', 'a'], [a], byId(a, closed), true).shown).toEqual(['b', 'a']);
    expect(arrange(['b', 'a'], [a], byId(a, closed), false).shown).toEqual(['a']);
  });

  it('has nothing to hold still while it is empty', () => {
    const a = incident({ id: 'a' });
    expect(arrange([], [a], byId(a), true)).toEqual({ shown: ['a'], waiting: [] });
  });
});

describe('attention', () => {
  it('alarms at what is new and at what becomes worse, not at what was there before', () => {
    const attention = new Attention();
    const before = byId(incident({ id: 'a', level: 'LOW' }));
    expect(attention.notice(new Map(), before)).toEqual([]);
    const raised = incident({ id: 'a', level: 'HIGH' });
    const fresh = incident({ id: 'b' });
    expect(attention.notice(before, byId(raised, fresh))).toEqual([raised, fresh]);
    expect(attention.notice(byId(raised), byId(incident({ id: 'a', level: 'LOW' })))).toEqual([]);
  });

  it('marks until looked at, and again when it has become worse since', () => {
    const attention = new Attention();
    const low = incident({ id: 'a', level: 'LOW' });
    expect(attention.mark(low)).toBe('new');
    attention.look(low);
    expect(attention.mark(low)).toBeNull();
    expect(attention.mark({ ...low, level: 'HIGH' })).toBe('raised');
    expect(attention.mark({ ...low, level: 'HIGH', status: 'RESOLVED' })).toBeNull();
  });

  it('does not greet who comes on shift with marks on what others have acknowledged', () => {
    const attention = new Attention();
    const known = incident({ id: 'a', status: 'ACKNOWLEDGED' });
    attention.notice(new Map(), byId(known));
    expect(attention.mark(known)).toBeNull();
  });
});
