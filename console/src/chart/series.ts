// SPDX-License-Identifier: Apache-2.0
import type { Observation, Reading } from '../api/types';

/** A series of numbers in the order of time: x in seconds since 1970, y null where the line is broken. */
export interface Series {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

export const EMPTY: Series = { x: [], y: [] };

function numberOf(result: unknown): number | null {
  if (typeof result === 'number') {
    return result;
  }
  return typeof result === 'boolean' ? Number(result) : null;
}

/**
 * The numbers among {@code observations}, which come newest first. Where more than {@code gap_s} passed between two, the line is
 * broken: nothing is known of the time between.
 */
export function seriesOf(observations: readonly Observation[], gap_s: number): Series {
  const points = observations
    .flatMap((observation) => {
      const y = numberOf(observation.result);
      return y === null ? [] : [{ x: Date.parse(observation.time) / 1000, y }];
    })
    .sort((a, b) => a.x - b.x);
  const x: number[] = [];
  const y: (number | null)[] = [];
  for (const point of points) {
    const last = x[x.length - 1];
    if (last !== undefined && point.x - last > gap_s) {
      x.push((last + point.x) / 2);
      y.push(null);
    }
    if (point.x !== last) {
      x.push(point.x);
      y.push(point.y);
    }
  }
  return { x, y };
}

/** {@code series} with a live reading at its end, and without what is older than {@code keep_s} before it. */
export function extend(series: Series, reading: Reading, keep_s: number): Series {
  const x = Date.parse(reading[0]) / 1000;
  const y = numberOf(reading[1]);
  const last = series.x[series.x.length - 1];
  if (y === null || (last !== undefined && x <= last)) {
    return series;
  }
  const from = series.x.findIndex((time) => time >= x - keep_s);
  const start = from < 0 ? series.x.length : from;
  return { x: [...series.x.slice(start), x], y: [...series.y.slice(start), y] };
}
