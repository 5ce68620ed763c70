// SPDX-License-Identifier: Apache-2.0
import type { Health, IncidentSummary, LonLat, Sensor } from '../api/types';

/** What the overlay draws of one sensor. */
export interface SensorMark {
  readonly sensor: Sensor;
  readonly position: LonLat;
  /** The worst health among its datastreams. */
  readonly health: Health;
  /** When it last reported, by performance.now(); 0 if not since the map is shown. */
  heardAt: number;
}

export interface NamedPlace {
  readonly name: string;
  readonly position: LonLat;
  /** The higher, the sooner it gets its place among other names. */
  readonly weight: number;
  /** The width that the shape has on the ground, in metres: a name is written only where it fits; 0 to ask nothing. */
  readonly width_m: number;
}

/** Incidents of one campaign, joined by a line in the order of happening. */
export interface CampaignPath {
  readonly id: string;
  readonly positions: readonly LonLat[];
  readonly chosen: boolean;
}

/** Everything on the overlay at one moment. */
export interface Scene {
  /** The sites by the upper left corners of their grounds. */
  readonly sites: readonly NamedPlace[];
  readonly zones: readonly NamedPlace[];
  readonly assets: readonly NamedPlace[];
  readonly sensors: readonly SensorMark[];
  readonly incidents: readonly IncidentSummary[];
  readonly paths: readonly CampaignPath[];
  readonly selectedIncident: string | null;
  readonly pointedIncident: string | null;
  readonly selectedSensor: string | null;
  readonly hoveredSensor: string | null;
}

/** From places to pixels. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly metresPerPixel: number;
  project(position: LonLat): { readonly x: number; readonly y: number };
}

const WORSE: Readonly<Record<Health, number>> = { OK: 0, UNHEARD: 1, STUCK: 2, IMPLAUSIBLE: 3, SILENT: 4 };

/** The worst of several healths, OK of none. */
export function worstHealth(healths: Iterable<Health>): Health {
  let worst: Health = 'OK';
  for (const health of healths) {
    if (WORSE[health] > WORSE[worst]) {
      worst = health;
    }
  }
  return worst;
}

export function isFault(health: Health): boolean {
  switch (health) {
    case 'OK':
    case 'UNHEARD':
      return false;
    case 'SILENT':
    case 'STUCK':
    case 'IMPLAUSIBLE':
      return true;
  }
}
