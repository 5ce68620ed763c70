// SPDX-License-Identifier: Apache-2.0
import type { AssetFeature, City, Datastream, LonLat, Sensor, SensorKind, Site, ZoneFeature, ZoneKind } from '../src/api/types.ts';

// A made-up district that resembles the pilot's, in metres east and north of its middle.

type Metres = readonly [number, number];

class Ground {
  readonly zones: ZoneFeature[] = [];
  readonly assets: AssetFeature[] = [];
  readonly sensors: Sensor[] = [];

  constructor(readonly origin: LonLat) {}

  at([east, north]: Metres): [number, number] {
    const [lon, lat] = this.origin;
    return [lon + east / (111_320 * Math.cos((lat * Math.PI) / 180)), lat + north / 111_320];
  }

  polygon(points: readonly Metres[]): { type: 'Polygon'; coordinates: [number, number][][] } {
    const ring = points.map((point) => this.at(point));
    return { type: 'Polygon', coordinates: [[...ring, ring[0] as [number, number]]] };
  }

  zone(id: string, name: string, kind: ZoneKind, points: readonly Metres[], safe: number | null = null): void {
    this.zones.push({
      type: 'Feature',
      geometry: this.polygon(points),
      properties: { id, name, kind, safeDensity_per_m2: safe },
    });
  }

  asset(id: string, name: string, kind: AssetFeature['properties']['kind'], place: Metres, importance = 1): void {
    this.assets.push({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: this.at(place) },
      properties: { id, name, kind, importance },
    });
  }

  sensor(id: string, kind: SensorKind, name: string, place: Metres, datastreams: readonly Datastream[], model = ''): void {
    const ranges: Partial<Record<SensorKind, number>> = { MICROPHONE: 60, CAMERA: 25, GAS: 15, WEATHER: 500 };
    this.sensors.push({
      id,
      kind,
      model,
      thing: `${id}-post`,
      name,
      position: this.at(place),
      range_m: ranges[kind] ?? 5,
      datastreams,
    });
  }
}

/** A rectangle about a middle, turned by {@code turn_deg} counter-clockwise. */
function box([x, y]: Metres, width: number, height: number, turn_deg = 0): Metres[] {
  const turn = (turn_deg * Math.PI) / 180;
  const corners: Metres[] = [
    [-width / 2, -height / 2],
    [width / 2, -height / 2],
    [width / 2, height / 2],
    [-width / 2, height / 2],
  ];
  return corners.map(([dx, dy]) => [x + dx * Math.cos(turn) - dy * Math.sin(turn), y + dx * Math.sin(turn) + dy * Math.cos(turn)]);
}

/** The band along a line. */
function band(line: readonly Metres[], width: number): Metres[] {
  const left: Metres[] = [];
  const right: Metres[] = [];
  line.forEach(([x, y], i) => {
    const [ax, ay] = line[Math.max(0, i - 1)] as Metres;
    const [bx, by] = line[Math.min(line.length - 1, i + 1)] as Metres;
    const length = Math.hypot(bx - ax, by - ay);
    const [nx, ny] = [(-(by - ay) / length) * (width / 2), ((bx - ax) / length) * (width / 2)];
    left.push([x + nx, y + ny]);
    right.push([x - nx, y - ny]);
  });
  return [...left, ...right.reverse()];
}

function stream(id: string, name: string, property: string, unit: string, more: Partial<Datastream> = {}): Datastream {
  return { id, name, property, resultKind: 'QUANTITY', unit, zone: null, interval_s: 2, ...more };
}

function microphone(ground: Ground, id: string, name: string, place: Metres): void {
  ground.sensor(id, 'MICROPHONE', name, place, [stream(`${id}-level`, 'Sound level', 'sound-level', 'dB')], 'SQobold SM-2');
}

function camera(ground: Ground, id: string, name: string, place: Metres, zone: string): void {
  ground.sensor(
    id,
    'CAMERA',
    name,
    place,
    [stream(`${id}-people`, 'People', 'person-count', '{people}', { resultKind: 'COUNT', zone, interval_s: 5 })],
    'Masked counter',
  );
}

function door(ground: Ground, id: string, name: string, place: Metres): void {
  ground.sensor(
    id,
    'ACCESS',
    name,
    place,
    [stream(`${id}-events`, 'Access', 'access-event', '', { resultKind: 'EVENT', interval_s: null })],
    'Reader R-30',
  );
}

function stadium(): Site {
  const ground = new Ground([13.3853, 49.7503]);
  ground.zone('mze', 'Mže', 'WATER', band([[-470, 180], [-330, 210], [-180, 258], [0, 275], [170, 248], [330, 262], [480, 240]], 34));
  ground.zone('mill-race', 'Mill race', 'WATER', band([[180, 248], [230, 140], [300, 20], [330, -120], [370, -290]], 15));
  ground.zone('strunc-park', 'Štruncovy sady', 'PARK', [[-450, 140], [-330, 175], [-170, 225], [-120, 140], [-150, 20], [-170, -150], [-300, -200], [-440, -170]], 2);
  ground.zone('east-meadow', 'East meadow', 'PARK', [[120, 200], [215, 150], [290, 20], [310, -60], [190, -40], [150, 60]]);
  ground.zone('concourse', 'Concourse', 'CONCOURSE', box([0, 10], 240, 205, 8), 3);
  ground.zone('pitch', 'Pitch', 'PITCH', box([0, 10], 105, 68, 8));
  ground.zone('stand-north', 'North stand', 'STAND', box([-8, 72], 130, 30, 8), 4);
  ground.zone('stand-south', 'South stand', 'STAND', box([8, -52], 130, 30, 8), 4);
  ground.zone('stand-east', 'East stand', 'STAND', box([80, 21], 28, 82, 8), 4);
  ground.zone('stand-west', 'West stand', 'STAND', box([-80, -1], 28, 82, 8), 4);
  ground.zone('gate-a', 'Gate A', 'GATE_AREA', box([-126, -6], 26, 56, 8), 2.5);
  ground.zone('gate-b', 'Gate B', 'GATE_AREA', box([-15, 122], 62, 22, 8), 2.5);
  ground.zone('gate-c', 'Gate C', 'GATE_AREA', box([126, 28], 26, 56, 8), 2.5);
  ground.zone('gate-d', 'Gate D', 'GATE_AREA', box([16, -104], 62, 22, 8), 2.5);
  ground.zone('forecourt', 'Forecourt', 'SQUARE', [[-110, -118], [120, -86], [140, -170], [-95, -200]], 2.5);
  ground.zone('us-army-road', 'Americká', 'ROAD', band([[-480, -255], [-300, -240], [-90, -222], [150, -196], [490, -160]], 16));
  ground.zone('tram', 'Tram line 1', 'RAIL', band([[-480, -276], [-300, -261], [-90, -243], [150, -217], [490, -181]], 7));
  ground.zone('stop-stadium', 'Stadium stop', 'STOP', box([-10, -244], 62, 9, 7), 2);
  ground.zone('lane-east', 'East lane', 'ROAD', band([[160, -190], [168, -60], [176, 60], [190, 190]], 9));
  ground.zone('offices', 'Club offices', 'BUILDING', box([-196, -92], 52, 34, 8));
  ground.zone('hall', 'Sports hall', 'BUILDING', box([-240, 46], 70, 46, 14));
  ground.zone('block-1', '', 'BUILDING', box([-380, -320], 90, 44, 4));
  ground.zone('block-2', '', 'BUILDING', box([-255, -314], 96, 44, 4));
  ground.zone('block-3', '', 'BUILDING', box([-120, -304], 108, 44, 7));
  ground.zone('block-4', '', 'BUILDING', box([50, -286], 120, 44, 7));
  ground.zone('block-5', '', 'BUILDING', box([220, -262], 120, 44, 8));
  ground.zone('control-room', 'Control room', 'RESTRICTED', box([-58, -76], 26, 12, 8));
  ground.zone('plant', 'Plant room', 'RESTRICTED', box([62, 92], 24, 14, 8));
  ground.asset('asset-gate-a', 'Turnstiles A', 'GATE', [-138, -8], 3);
  ground.asset('asset-gate-b', 'Turnstiles B', 'GATE', [-17, 133], 3);
  ground.asset('asset-gate-c', 'Turnstiles C', 'GATE', [139, 30], 3);
  ground.asset('asset-gate-d', 'Turnstiles D', 'GATE', [18, -116], 3);
  ground.asset('asset-video', 'Video server', 'SERVER', [-62, -78], 5);
  ground.asset('asset-access', 'Access controller', 'CONTROL_SYSTEM', [-52, -76], 5);
  const around: readonly (readonly [string, Metres])[] = [
    ['north-west', [-118, 108]],
    ['north', [-22, 148]],
    ['north-east', [108, 126]],
    ['east', [152, 40]],
    ['south-east', [136, -84]],
    ['south', [20, -140]],
    ['south-west', [-110, -96]],
    ['west', [-156, 4]],
    ['tram stop', [-44, -232]],
    ['park', [-290, -40]],
    ['river path', [-90, 214]],
    ['east lane', [176, -120]],
  ];
  around.forEach(([name, place], i) => microphone(ground, `mic-${i + 1}`, `Microphone ${name}`, place));
  const counted: readonly (readonly [string, string, Metres])[] = [
    ['gate-a', 'Gate A', [-124, 22]],
    ['gate-b', 'Gate B', [22, 118]],
    ['gate-c', 'Gate C', [124, 4]],
    ['gate-d', 'Gate D', [-22, -102]],
    ['stand-north', 'North stand', [-50, 84]],
    ['stand-south', 'South stand', [52, -62]],
    ['stand-east', 'East stand', [86, 52]],
    ['stand-west', 'West stand', [-88, -34]],
    ['forecourt', 'Forecourt', [40, -162]],
    ['stop-stadium', 'Stadium stop', [20, -226]],
    ['strunc-park', 'Park', [-210, 120]],
    ['concourse', 'Concourse', [98, -32]],
  ];
  counted.forEach(([zone, name, place], i) => camera(ground, `cam-${i + 1}`, `Camera ${name}`, place, zone));
  ['A', 'B', 'C', 'D'].forEach((gate, i) => {
    const [east, north] = [[-138, -26], [-36, 131], [138, 48], [36, -113]][i] as [number, number];
    door(ground, `door-gate-${gate.toLowerCase()}`, `Turnstiles ${gate}`, [east, north]);
  });
  door(ground, 'door-control', 'Door of the control room', [-70, -84]);
  door(ground, 'door-plant', 'Door of the plant room', [74, 100]);
  door(ground, 'door-offices', 'Door of the club offices', [-172, -84]);
  ground.sensor(
    'ids-stadium',
    'NETWORK',
    'Suricata, stadium network',
    [-44, -88],
    [stream('ids-stadium-eve', 'Network events', 'network-event', '', { resultKind: 'EVENT', interval_s: null })],
    'Suricata 7',
  );
  ground.sensor('weather-1', 'WEATHER', 'Weather mast', [-180, 170], [
    stream('weather-1-temperature', 'Air temperature', 'air-temperature', 'Cel', { interval_s: 10 }),
    stream('weather-1-wind', 'Wind speed', 'wind-speed', 'm/s', { interval_s: 10 }),
    stream('weather-1-direction', 'Wind direction', 'wind-direction', 'deg', { interval_s: 10 }),
  ], 'Davis Vantage');
  ground.sensor('vib-1', 'VIBRATION', 'Stand vibration north', [30, 78], [stream('vib-1-rms', 'Vibration', 'vibration', 'm/s2')]);
  ground.sensor('vib-2', 'VIBRATION', 'Stand vibration south', [-40, -50], [stream('vib-2-rms', 'Vibration', 'vibration', 'm/s2')]);
  return {
    id: 'stadium-district',
    name: 'Stadium district',
    siteClass: 'STADIUM',
    origin: ground.origin,
    expectedPeople: 15_000,
    boundary: ground.polygon([[-470, -345], [470, -290], [480, 290], [-470, 290]]),
    zones: { type: 'FeatureCollection', features: ground.zones },
    assets: { type: 'FeatureCollection', features: ground.assets },
    sensors: ground.sensors,
  };
}

function brewery(): Site {
  const ground = new Ground([13.3935, 49.7478]);
  ground.zone('yard', 'Brewery yard', 'INDUSTRIAL', [[-130, -120], [150, -100], [160, 110], [-120, 120]], 2);
  ground.zone('brewhouse', 'Brewhouse', 'BUILDING', box([-60, 40], 84, 58, 6));
  ground.zone('cellars', 'Cellars', 'BUILDING', box([60, 48], 92, 52, 6));
  ground.zone('cooling', 'Ammonia cooling', 'RESTRICTED', box([84, -50], 64, 40, 6));
  ground.zone('visitors', 'Visitors’ square', 'SQUARE', box([-66, -62], 90, 60, 6), 2.5);
  ground.asset('tank-nh3', 'Ammonia receiver', 'TANK', [92, -48], 6);
  [[62, -32], [108, -34], [64, -68], [110, -70]].forEach(([east = 0, north = 0], i) => {
    ground.sensor(
      `gas-${i + 1}`,
      'GAS',
      `Ammonia sensor ${i + 1}`,
      [east, north],
      [stream(`gas-${i + 1}-nh3`, 'Ammonia', 'ammonia', '[ppm]', { interval_s: 5 })],
      'Dräger Polytron 8100',
    );
  });
  ground.sensor('gas-5', 'GAS', 'Carbon monoxide, brewhouse', [-44, 44], [stream('gas-5-co', 'Carbon monoxide', 'carbon-monoxide', '[ppm]')]);
  microphone(ground, 'mic-13', 'Microphone brewery', [0, -10]);
  camera(ground, 'cam-13', 'Camera visitors’ square', [-66, -40], 'visitors');
  door(ground, 'door-cooling', 'Door of the cooling plant', [52, -50]);
  ground.sensor(
    'ids-brewery',
    'NETWORK',
    'Suricata, plant network',
    [20, 20],
    [stream('ids-brewery-eve', 'Network events', 'network-event', '', { resultKind: 'EVENT', interval_s: null })],
    'Suricata 7',
  );
  return {
    id: 'brewery',
    name: 'Brewery',
    siteClass: 'INDUSTRY',
    origin: ground.origin,
    expectedPeople: 1_200,
    boundary: null,
    zones: { type: 'FeatureCollection', features: ground.zones },
    assets: { type: 'FeatureCollection', features: ground.assets },
    sensors: ground.sensors,
  };
}

export const city: City = {
  tenant: 'pilsen',
  name: 'Plzeň',
  timeZone: 'Europe/Prague',
  simulated: true,
  sites: [stadium(), brewery()],
};

/** Where something is, in metres from the middle of the stadium. */
export function place(east: number, north: number): LonLat {
  return new Ground([13.3853, 49.7503]).at([east, north]);
}
