// SPDX-License-Identifier: Apache-2.0
import type { ExpressionSpecification, StyleSpecification } from 'maplibre-gl';

import { type City, ZONE_KINDS, type ZoneKind } from '../api/types';

interface Look {
  readonly fill: string;
  readonly line: string;
}

/** Ground in quiet greys, a breath of green and blue where it is park and water; buildings are lighter the more they matter. */
const LOOKS: Readonly<Record<ZoneKind, Look>> = {
  WATER: { fill: '#121e27', line: '#1d2e3a' },
  PARK: { fill: '#141b18', line: '#1f2925' },
  INDUSTRIAL: { fill: '#181b1e', line: '#282e33' },
  SQUARE: { fill: '#1a1e21', line: '#2a3035' },
  ROAD: { fill: '#1f2427', line: '#282e32' },
  RAIL: { fill: '#22262a', line: '#363e44' },
  CONCOURSE: { fill: '#1d2225', line: '#2d343a' },
  PITCH: { fill: '#18201c', line: '#2b3631' },
  STAND: { fill: '#2a3137', line: '#414b53' },
  BUILDING: { fill: '#252b30', line: '#3a434a' },
  GATE_AREA: { fill: '#242a2f', line: '#3d474e' },
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
