// SPDX-License-Identifier: Apache-2.0
import type { Health, HealthReport, Reading } from '../api/types';
import type { DatastreamPlace } from '../state/directory';

export interface SensorRow extends DatastreamPlace {
  readonly health: Health;
  readonly report: HealthReport | undefined;
  readonly reading: Reading | undefined;
}

const URGENCY: Readonly<Record<Health, number>> = { SILENT: 0, IMPLAUSIBLE: 1, STUCK: 2, UNHEARD: 3, OK: 4 };

/** All datastreams with how they do, the silent first, else in the order of their names. */
export function sensorRows(
  places: readonly DatastreamPlace[],
  health: ReadonlyMap<string, HealthReport>,
  readings: ReadonlyMap<string, Reading>,
): readonly SensorRow[] {
  return places
    .map((place) => {
      const report = health.get(place.datastream.id);
      return { ...place, report, health: report?.health ?? 'UNHEARD', reading: readings.get(place.datastream.id) };
    })
    .sort(
      (a, b) =>
        URGENCY[a.health] - URGENCY[b.health] ||
        a.sensor.name.localeCompare(b.sensor.name, undefined, { numeric: true }) ||
        a.datastream.id.localeCompare(b.datastream.id),
    );
}

/** Whether {@code row} has all words of {@code text} in its names, kind or property. */
export function matches(row: SensorRow, text: string): boolean {
  const all = `${row.sensor.name} ${row.datastream.name} ${row.datastream.id} ${row.sensor.kind} ${row.datastream.property} ${row.site.name}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
