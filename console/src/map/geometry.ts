// SPDX-License-Identifier: Apache-2.0
import type { Polygon } from 'geojson';

import type { LonLat, Site } from '../api/types';

const EARTH_RADIUS_M = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** The smallest box of longitudes and latitudes around {@code places}; null around none. */
export function boundsOf(places: Iterable<LonLat>): [LonLat, LonLat] | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of places) {
    west = Math.min(west, lon);
    south = Math.min(south, lat);
    east = Math.max(east, lon);
    north = Math.max(north, lat);
  }
  return west > east ? null : [[west, south], [east, north]];
}

/** Everything of a site that has a place. */
export function* placesOf(site: Site): Generator<LonLat> {
  yield site.origin;
  for (const ring of site.boundary?.coordinates ?? []) {
    yield* ring as unknown as LonLat[];
  }
  for (const zone of site.zones.features) {
    yield* (zone.geometry.coordinates[0] ?? []) as unknown as LonLat[];
  }
  for (const sensor of site.sensors) {
    yield sensor.position;
  }
}

/** The area of a polygon of a few kilometres at most, holes taken off. */
export function area_m2(polygon: Polygon): number {
  const [outer = [], ...holes] = polygon.coordinates;
  return holes.reduce((area, hole) => area - ringArea_m2(hole), ringArea_m2(outer));
}

function ringArea_m2(ring: readonly (readonly number[])[]): number {
  const lat0 = ring[0]?.[1] ?? 0;
  const east = EARTH_RADIUS_M * RADIANS * Math.cos(lat0 * RADIANS);
  const north = EARTH_RADIUS_M * RADIANS;
  let twice = 0;
  for (let i = 0; i < ring.length; i++) {
    const [lon1 = 0, lat1 = 0] = ring[i] ?? [];
    const [lon2 = 0, lat2 = 0] = ring[(i + 1) % ring.length] ?? [];
    twice += lon1 * lat2 - lon2 * lat1;
  }
  return (Math.abs(twice) / 2) * east * north;
}

/** The centroid of a polygon's outer ring: where its name is written. */
export function centroidOf(polygon: Polygon): LonLat {
  const ring = polygon.coordinates[0] ?? [];
  const [lon0 = 0, lat0 = 0] = ring[0] ?? [];
  let [twice, x, y] = [0, 0, 0];
  for (let i = 0; i < ring.length; i++) {
    const [lon1 = 0, lat1 = 0] = ring[i] ?? [];
    const [lon2 = 0, lat2 = 0] = ring[(i + 1) % ring.length] ?? [];
    const [x1, y1, x2, y2] = [lon1 - lon0, lat1 - lat0, lon2 - lon0, lat2 - lat0];
    const cross = x1 * y2 - x2 * y1;
    twice += cross;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  }
  return twice === 0 ? [lon0, lat0] : [lon0 + x / (3 * twice), lat0 + y / (3 * twice)];
}

export function contains(polygon: Polygon, [x, y]: LonLat): boolean {
  const ring = polygon.coordinates[0] ?? [];
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi = 0, yi = 0] = ring[i] ?? [];
    const [xj = 0, yj = 0] = ring[j] ?? [];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) {
      inside = !inside;
    }
  }
  return inside;
}

/**
 * Where a name can be written in {@code polygon} so that it is seen to belong to it: its centroid, or else a place on the way from
 * there to its edge that nothing of {@code above} covers; null if there is none.
 */
export function openPlace(polygon: Polygon, above: readonly Polygon[]): LonLat | null {
  const centre = centroidOf(polygon);
  const ring = polygon.coordinates[0] ?? [];
  const candidates: LonLat[] = [centre];
  for (const share of [0.86, 0.7, 0.5]) {
    for (let i = 0; i + 1 < ring.length; i++) {
      const [x1 = 0, y1 = 0] = ring[i] ?? [];
      const [x2 = 0, y2 = 0] = ring[i + 1] ?? [];
      const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
      candidates.push([centre[0] + (x - centre[0]) * share, centre[1] + (y - centre[1]) * share]);
    }
  }
  return candidates.find((place) => contains(polygon, place) && !above.some((other) => contains(other, place))) ?? null;
}

/** How many metres a pixel covers at {@code latitude} in a web Mercator map of 512-pixel tiles. */
export function metresPerPixel(latitude: number, zoom: number): number {
  return (Math.cos(latitude * RADIANS) * 2 * Math.PI * EARTH_RADIUS_M) / (512 * 2 ** zoom);
}
