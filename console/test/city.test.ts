// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';

import { city } from '../dev/city.ts';
import type { Observation, Reading } from '../src/api/types';
import { extend, seriesOf } from '../src/chart/series';
import { area_m2, boundsOf, centroidOf, contains, metresPerPixel, openPlace } from '../src/map/geometry';
import { worstHealth } from '../src/map/scene';
import { crowdsOf } from '../src/picture/crowd';
import { payloadText } from '../src/quarantine/payload';
import { parseRoute, routeHash } from '../src/router';
import { matches, sensorRows } from '../src/sensors/rows';
import { Directory } from '../src/state/directory';

const square = (x: number, y: number, side: number) => ({
  type: 'Polygon' as const,
  coordinates: [[[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]],
});

describe('geometry', () => {
  it('measures a hectare at Plzeň’s latitude', () => {
    const pitch = city.sites[0]?.zones.features.find((zone) => zone.properties.id === 'pitch');
    expect(pitch === undefined ? 0 : area_m2(pitch.geometry) / (105 * 68)).toBeCloseTo(1, 2);
  });

  it('finds middles, bounds and what lies inside', () => {
    const [x, y] = centroidOf(square(13, 49, 0.01));
    expect(x).toBeCloseTo(13.005);
    expect(y).toBeCloseTo(49.005);
    expect(boundsOf([[1, 2], [3, 0]])).toEqual([[1, 0], [3, 2]]);
    expect(boundsOf([])).toBeNull();
    expect(contains(square(0, 0, 1), [0.5, 0.5])).toBe(true);
    expect(contains(square(0, 0, 1), [1.5, 0.5])).toBe(false);
  });

  it('writes a name where nothing covers its zone', () => {
    const place = openPlace(square(0, 0, 10), [square(3, 3, 4)]);
    expect(place).not.toBeNull();
    expect(place !== null && contains(square(3, 3, 4), place)).toBe(false);
    expect(openPlace(square(0, 0, 10), [square(-1, -1, 20)])).toBeNull();
  });

  it('knows the scale of a map of 512-pixel tiles', () => {
    expect(metresPerPixel(0, 0)).toBeCloseTo(78_185, -1);
  });
});

describe('the city', () => {
  const [stadium] = city.sites;
  const directory = new Directory(city);

  it('is found by ids, and what is unknown goes by its id', () => {
    expect(directory.findDatastream('mic-1-level')?.sensor.id).toBe('mic-1');
    expect(directory.entityName('stadium-district', 'zone', 'gate-a')).toBe('Gate A');
    expect(directory.entityName('brewery', 'zone', 'gate-a')).toBe('gate-a');
    expect(directory.entityName('stadium-district', 'ip', '10.0.0.1')).toBe('10.0.0.1');
  });

  it('counts a zone by the largest of its counts, against its safe density', () => {
    const readings = new Map<string, Reading>([['cam-1-people', ['2026-11-21T10:00:00Z', 3640]]]);
    const [crowd] = stadium === undefined ? [] : crowdsOf(stadium, readings);
    expect(crowd?.zone.properties.id).toBe('gate-a');
    expect(crowd?.density_per_m2).toBeCloseTo(2.5, 1);
    expect(crowd?.fullness).toBeCloseTo(1, 1);
  });

  it('lists the silent sensors first', () => {
    const health = new Map([
      ['mic-2-level', { health: 'STUCK' as const, since: '', detail: '' }],
      ['mic-5-level', { health: 'SILENT' as const, since: '', detail: '' }],
      ['mic-1-level', { health: 'OK' as const, since: '', detail: '' }],
    ]);
    const rows = sensorRows(directory.datastreams, health, new Map());
    expect(rows.slice(0, 3).map(({ health: state }) => state)).toEqual(['SILENT', 'STUCK', 'UNHEARD']);
    expect(rows.at(-1)?.datastream.id).toBe('mic-1-level');
    expect(rows.filter((row) => matches(row, 'gate camera')).map(({ sensor }) => sensor.id)).toEqual(['cam-1', 'cam-2', 'cam-3', 'cam-4']);
  });

  it('calls a sensor as ill as the worst of its datastreams', () => {
    expect(worstHealth(['OK', 'STUCK', 'SILENT'])).toBe('SILENT');
    expect(worstHealth([])).toBe('OK');
  });
});

describe('series', () => {
  const seen = (second: number, result: unknown): Observation => ({
    id: String(second),
    time: new Date(second * 1000).toISOString(),
    receivedAt: '',
    result,
    quality: 'good',
  });

  it('run forward in time and break where nothing was heard', () => {
    expect(seriesOf([seen(40, 4), seen(12, 2), seen(10, 1), seen(9, 'x')], 10)).toEqual({ x: [10, 12, 26, 40], y: [1, 2, null, 4] });
  });

  it('go on with live readings and forget the oldest', () => {
    const series = extend({ x: [10, 20], y: [1, 2] }, [new Date(30_000).toISOString(), 3], 12);
    expect(series).toEqual({ x: [20, 30], y: [2, 3] });
    expect(extend(series, [new Date(25_000).toISOString(), 9], 12)).toBe(series);
  });
});

describe('addresses', () => {
  it('lead back to the page that they name', () => {
    for (const route of [{ page: 'incident', id: 'I-7/8' }, { page: 'sensors' }, { page: 'picture' }] as const) {
      expect(parseRoute(routeHash(route))).toEqual(route);
    }
    expect(parseRoute('#/nowhere')).toEqual({ page: 'picture' });
  });
});

describe('payloads', () => {
  it('are set out where they are JSON and left as they are where not', () => {
    expect(payloadText('{"a":1}')).toBe('{\n  "a": 1\n}');
    expect(payloadText('{"a":')).toBe('{"a":');
    expect(payloadText('\u0000\u0001')).toBe('\u0000\u0001');
  });
});
