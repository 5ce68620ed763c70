// SPDX-License-Identifier: Apache-2.0
import type { AssetProperties, City, Datastream, Sensor, Site, ZoneFeature } from '../api/types';

export interface DatastreamPlace {
  readonly datastream: Datastream;
  readonly sensor: Sensor;
  readonly site: Site;
}

/** Finds what the city consists of by id. */
export class Directory {
  readonly #datastreams = new Map<string, DatastreamPlace>();
  readonly #sensors = new Map<string, { readonly sensor: Sensor; readonly site: Site }>();
  readonly #zones = new Map<string, ZoneFeature>();
  readonly #assets = new Map<string, AssetProperties>();
  readonly #sites = new Map<string, Site>();

  constructor(readonly city: City) {
    for (const site of city.sites) {
      this.#sites.set(site.id, site);
      for (const zone of site.zones.features) {
        this.#zones.set(`${site.id}/${zone.properties.id}`, zone);
      }
      for (const asset of site.assets.features) {
        this.#assets.set(`${site.id}/${asset.properties.id}`, asset.properties);
      }
      for (const sensor of site.sensors) {
        this.#sensors.set(sensor.id, { sensor, site });
        for (const datastream of sensor.datastreams) {
          this.#datastreams.set(datastream.id, { datastream, sensor, site });
        }
      }
    }
  }

  /** Every datastream, site by site in the city's order. */
  get datastreams(): readonly DatastreamPlace[] {
    return [...this.#datastreams.values()];
  }

  findDatastream(id: string): DatastreamPlace | undefined {
    return this.#datastreams.get(id);
  }

  findSensor(id: string): { readonly sensor: Sensor; readonly site: Site } | undefined {
    return this.#sensors.get(id);
  }

  findZone(site: string, id: string): ZoneFeature | undefined {
    return this.#zones.get(`${site}/${id}`);
  }

  siteName(id: string): string {
    return this.#sites.get(id)?.name ?? id;
  }

  /** What people call the thing that an incident is about; its id where the city does not know it. */
  entityName(site: string, kind: string, value: string): string {
    switch (kind) {
      case 'asset':
        return this.#assets.get(`${site}/${value}`)?.name ?? value;
      case 'zone':
        return this.#zones.get(`${site}/${value}`)?.properties.name ?? value;
      case 'sensor':
        return this.#sensors.get(value)?.sensor.name ?? value;
      default:
        return value;
    }
  }
}

let cached: Directory | null = null;

/** The directory of {@code city}, built once. */
export function directoryOf(city: City): Directory {
  if (cached?.city !== city) {
    cached = new Directory(city);
  }
  return cached;
}
