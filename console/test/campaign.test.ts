// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';

import { chartOf } from '../src/campaign/story-chart';
import { parseRoute, routeHash } from '../src/router';

function line(incident: string, site: string, at: string): { at: string; site: string; incident: string; current: boolean; sentence: string } {
  return { at, site, incident, current: true, sentence: '' };
}

function member(incident: string): never {
  return { incident } as never;
}

describe('the chart of a story', () => {
  it('has a lane for each site in the order in which the story reaches it, and numbers what still belongs to it', () => {
    const { lanes, stops } = chartOf({
      story: [line('A', 'arena', '2026-11-21T10:00:00Z'), line('B', 'station', '2026-11-21T10:10:00Z'), line('C', 'arena', '2026-11-21T10:20:00Z')],
      members: [member('A'), member('C')],
    });
    expect(lanes).toEqual(['arena', 'station']);
    expect(stops.map(({ lane }) => lane)).toEqual([0, 1, 0]);
    expect(stops.map(({ number }) => number)).toEqual([1, 0, 2]);
    expect(stops.map(({ x }) => x)).toEqual([0, 0.5, 1]);
  });

  it('keeps apart what happened within seconds of hours', () => {
    const { stops } = chartOf({
      story: [line('A', 'arena', '2026-11-21T10:00:00Z'), line('B', 'arena', '2026-11-21T10:00:01Z'), line('C', 'arena', '2026-11-21T14:00:00Z'), line('D', 'arena', '2026-11-21T14:00:00Z')],
      members: [],
    });
    const gaps = stops.slice(1).map(({ x }, i) => x - (stops[i]?.x ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(0.05);
    expect(stops.at(-1)?.x).toBeCloseTo(1);
  });

  it('fits any number of incidents into the width', () => {
    const story = Array.from({ length: 60 }, (_, i) => line(`I${i}`, 'arena', new Date(1e12 + i * 1000).toISOString()));
    const { stops } = chartOf({ story, members: [] });
    expect(stops.every(({ x }) => x >= 0 && x <= 1)).toBe(true);
    expect(stops.map(({ x }) => x)).toEqual([...stops.map(({ x }) => x)].sort((a, b) => a - b));
  });
});

describe('the route of a story', () => {
  it('is read from its own hash', () => {
    expect(parseRoute(routeHash({ page: 'campaign', id: 'C-7Q4' }))).toEqual({ page: 'campaign', id: 'C-7Q4' });
    expect(parseRoute('#/campaign')).toEqual({ page: 'picture' });
  });
});
