// SPDX-License-Identifier: Apache-2.0
import type { Reading, Site, ZoneFeature } from '../api/types';
import { area_m2 } from '../map/geometry';

export interface Crowd {
  readonly zone: ZoneFeature;
  readonly people: number;
  readonly density_per_m2: number;
  /** The density over what is safe there; null where no limit is set. */
  readonly fullness: number | null;
}

const PERSON_COUNT = 'person-count';

/** How many people are in each zone that is counted. Of several counts of one zone the largest is believed. */
export function crowdsOf(site: Site, readings: ReadonlyMap<string, Reading>): readonly Crowd[] {
  const people = new Map<string, number>();
  for (const sensor of site.sensors) {
    for (const { id, property, zone } of sensor.datastreams) {
      const value = readings.get(id)?.[1];
      if (property === PERSON_COUNT && zone !== null && typeof value === 'number') {
        people.set(zone, Math.max(people.get(zone) ?? 0, value));
      }
    }
  }
  return site.zones.features.flatMap((zone) => {
    const count = people.get(zone.properties.id);
    if (count === undefined) {
      return [];
    }
    const area = zone.properties.walkable_m2 ?? area_m2(zone.geometry);
    const density_per_m2 = area > 0 ? count / area : 0;
    const safe = zone.properties.safeDensity_per_m2;
    return [{ zone, people: count, density_per_m2, fullness: safe === null ? null : density_per_m2 / safe }];
  });
}
