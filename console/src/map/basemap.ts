// SPDX-License-Identifier: Apache-2.0
import type { ExpressionSpecification, StyleSpecification } from 'maplibre-gl';

import { type City, ZONE_KINDS, type ZoneKind } from '../api/types';

interface Look {
  readonly fill: string;
  readonly line: string;
}

/** Ground in quiet greys, a breath of green and blue where it is park and water; buildings are lighter the more they matter. */
const LOOKS: Readonly<Record<ZoneKind, Look>> = {
  WATER: { fill: '#13222d', line: '#213643' },
  PARK: { fill: '#151d19', line: '#232e29' },
  INDUSTRIAL: { fill: '#191d20', line: '#2c3338' },
  SQUARE: { fill: '#1c2124', line: '#2f363b' },
  ROAD: { fill: '#23292d', line: '#2d3439' },
  RAIL: { fill: '#262b2f', line: '#3e474e' },
  CONCOURSE: { fill: '#1f2529', line: '#333b41' },
  PITCH: { fill: '#19241e', line: '#33413a' },
  STAND: { fill: '#2e363d', line: '#4a555e' },
  BUILDING: { fill: '#292f35', line: '#434d55' },
  GATE_AREA: { fill: '#283035', line: '#46515a' },
  STOP: { fill: '#2b3237', line: '#444e56' },
  RESTRICTED: { fill: '#1c1f22', line: '#59636b' },
  OTHER: { fill: '#191d20', line: '#2a3035' },
};

/** From the ground up. */
const DEPTH: readonly ZoneKind[] = [
  'OTHER',
  'PARK',
  'WATER',
  'INDUSTRIAL',
  'SQUARE',
  'ROAD',
  'RAIL',
  'CONCOURSE',
  'RESTRICTED',
  'PITCH',
  'STAND',
  'BUILDING',
  'GATE_AREA',
  'STOP',
];

/** Whether zones of the kind {@code a} are drawn over those of the kind {@code b}. */
export function isAbove(a: ZoneKind, b: ZoneKind): boolean {
  return DEPTH.indexOf(a) > DEPTH.indexOf(b);
}

function byKind(choose: (look: Look) => string): ExpressionSpecification {
  const cases = ZONE_KINDS.flatMap((kind) => [kind, choose(LOOKS[kind])]);
  return ['match', ['get', 'kind'], ...cases, LOOKS.OTHER.fill] as unknown as ExpressionSpecification;
}

/** How full a zone is: people there over what is safe; 0 where nobody counts. */
const fullness: ExpressionSpecification = ['coalesce', ['feature-state', 'fullness'], 0];

/** Names a zone among those of all sites. */
export function zoneKey(site: string, zone: string): string {
  return `${site}/${zone}`;
}

/** The ground of the map, of nothing but the city's own shapes: no tile, no font, no picture from anywhere. */
export function basemap(city: City): StyleSpecification {
  const sorted = city.sites
    .flatMap((site) =>
      site.zones.features.map((zone) => ({
        type: 'Feature' as const,
        geometry: zone.geometry,
        properties: { id: zoneKey(site.id, zone.properties.id), kind: zone.properties.kind },
      })),
    )
    .sort((a, b) => DEPTH.indexOf(a.properties.kind) - DEPTH.indexOf(b.properties.kind));
  const boundaries = city.sites.flatMap((site) =>
    site.boundary === null ? [] : [{ type: 'Feature' as const, geometry: site.boundary, properties: { id: site.id } }],
  );
  return {
    version: 8,
    sources: {
      zones: { type: 'geojson', promoteId: 'id', data: { type: 'FeatureCollection', features: sorted } },
      boundaries: { type: 'geojson', data: { type: 'FeatureCollection', features: boundaries } },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': '#0f1315' } },
      { id: 'boundary-fill', type: 'fill', source: 'boundaries', paint: { 'fill-color': '#12171a' } },
      { id: 'zone-fill', type: 'fill', source: 'zones', paint: { 'fill-color': byKind((look) => look.fill) } },
      {
        id: 'zone-crowd',
        type: 'fill',
        source: 'zones',
        paint: {
          'fill-color': '#cfdbe4',
          'fill-opacity': ['interpolate', ['linear'], fullness, 0, 0, 1, 0.2],
        },
      },
      {
        id: 'zone-line',
        type: 'line',
        source: 'zones',
        filter: ['!=', ['get', 'kind'], 'RESTRICTED'],
        paint: { 'line-color': byKind((look) => look.line), 'line-width': ['interpolate', ['linear'], ['zoom'], 14, 0.5, 18, 1.4] },
      },
      {
        id: 'zone-restricted',
        type: 'line',
        source: 'zones',
        filter: ['==', ['get', 'kind'], 'RESTRICTED'],
        paint: { 'line-color': LOOKS.RESTRICTED.line, 'line-width': 1.2, 'line-dasharray': [3, 2.5] },
      },
      {
        id: 'zone-overfull',
        type: 'line',
        source: 'zones',
        paint: { 'line-color': '#ff9e3d', 'line-width': 2.5, 'line-opacity': ['case', ['>', fullness, 1], 1, 0] },
      },
      {
        id: 'boundary-line',
        type: 'line',
        source: 'boundaries',
        paint: { 'line-color': '#39434a', 'line-width': 1, 'line-dasharray': [6, 4] },
      },
    ],
  };
}
