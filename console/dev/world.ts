// SPDX-License-Identifier: Apache-2.0
import type {
  Campaign,
  Command,
  Datastream,
  Device,
  HealthReport,
  Incident,
  IncidentStatus,
  LiveMessage,
  Observation,
  Reading,
  ReadingValue,
  RunningExercise,
  Session,
  Stats,
  User,
} from '../src/api/types.ts';
import { city } from './city.ts';
import { campaignOf, summaryOfCampaign } from './campaigns.ts';
import { STORY, summaryOf, tell } from './incidents.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export const USERS: readonly User[] = [
  { user: 'admin', name: 'Jana Nováková', roles: ['operator', 'supervisor', 'director', 'administrator'] },
  { user: 'petr', name: 'Petr Dvořák', roles: ['operator'] },
  { user: 'eva', name: 'Eva Svobodová', roles: ['operator', 'supervisor'] },
  { user: 'police-1', name: 'Tomáš Černý (police)', roles: ['operator'] },
];

export const SESSION: Session = { ...(USERS[0] as User), tenant: city.tenant };

const STREAMS = city.sites.flatMap((site) => site.sensors.flatMap((sensor) => sensor.datastreams));
const BROKEN: Readonly<Record<string, HealthReport>> = {
  'mic-10-level': { health: 'SILENT', since: ago(260), detail: 'Nothing for 4 min; expected every 2 s' },
  'cam-11-people': { health: 'STUCK', since: ago(1900), detail: 'The same value, 37, for 32 min' },
  'weather-1-wind': { health: 'IMPLAUSIBLE', since: ago(7900), detail: '84 m/s lies outside 0 to 60 m/s' },
  'vib-2-rms': { health: 'UNHEARD', since: ago(90_000), detail: '' },
};

function ago(seconds: number): string {
  return new Date(Date.now() - seconds * 1000).toISOString();
}

/** A number in [0, 1) that is the same for the same {@code text} and {@code n}. */
function noise(text: string, n: number): number {
  let hash = 2166136261 ^ n;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

const CROWD: Readonly<Record<string, number>> = {
  'gate-a': 0.5,
  'gate-b': 0.4,
  'gate-c': 0.9,
  'gate-d': 0.45,
  'stand-north': 0.62,
  'stand-south': 0.66,
  'stand-east': 0.55,
  'stand-west': 0.58,
  forecourt: 0.06,
  'stop-stadium': 0.2,
  'strunc-park': 0.004,
  concourse: 0.03,
};
const AREAS: Readonly<Record<string, number>> = { 'stand-north': 3900, 'stand-south': 3900, 'stand-east': 2296, 'stand-west': 2296, forecourt: 19000, concourse: 49200, 'strunc-park': 90000 };

function valueAt(stream: Datastream, time_ms: number): ReadingValue {
  const n = Math.floor(time_ms / 1000);
  const slow = Math.sin(n / 190 + noise(stream.id, 1) * 6);
  const jitter = noise(stream.id, n) - 0.5;
  switch (stream.property) {
    case 'sound-level':
      return Math.round((54 + 5 * noise(stream.id, 2) + 3 * slow + 5 * jitter) * 10) / 10;
    case 'person-count': {
      const zone = stream.zone ?? '';
      const area = AREAS[zone] ?? 1400;
      return Math.max(0, Math.round(area * (CROWD[zone] ?? 0.05) * (1 + 0.08 * slow + 0.03 * jitter)));
    }
    case 'ammonia':
      return Math.round((1.2 + 0.4 * slow + 0.6 * jitter) * 10) / 10;
    case 'carbon-monoxide':
      return Math.round((2 + slow + jitter) * 10) / 10;
    case 'air-temperature':
      return Math.round((6.4 + slow + 0.1 * jitter) * 10) / 10;
    case 'wind-speed':
      return Math.round((3.4 + slow + jitter) * 10) / 10;
    case 'wind-direction':
      return Math.round(265 + 14 * slow + 10 * jitter);
    case 'vibration':
      return Math.round((0.12 + 0.04 * slow + 0.03 * jitter) * 1000) / 1000;
    case 'access-event':
      return noise(stream.id, n) > 0.04 ? 'access.granted' : 'access.refused';
    default:
      return noise(stream.id, n) > 0.1 ? 'suricata.flow' : 'suricata.alert';
  }
}

/** The platform as the console sees it, made up. */
export class World {
  incidents = new Map<string, Incident>();
  campaigns = new Map<string, Campaign>();
  exercise: RunningExercise | null = null;
  refuse = false;
  readonly readings: Record<string, Reading> = {};
  readonly devices: Device[] = [
    { device: 'gateway-stadium-north', site: 'stadium-district', createdAt: ago(86_400 * 12), revokedAt: null },
    { device: 'gateway-stadium-south', site: 'stadium-district', createdAt: ago(86_400 * 12), revokedAt: null },
    { device: 'gateway-brewery', site: 'brewery', createdAt: ago(86_400 * 9), revokedAt: null },
    { device: 'suricata-stadium', site: 'stadium-district', createdAt: ago(86_400 * 3), revokedAt: null },
    { device: 'contractor-laptop', site: null, createdAt: ago(86_400 * 40), revokedAt: ago(86_400 * 5) },
  ];
  #accepted = 184_230;
  #index = 100;
  readonly #send: (message: LiveMessage) => void;

  constructor(send: (message: LiveMessage) => void) {
    this.#send = send;
    for (const stream of STREAMS) {
      const late = BROKEN[stream.id]?.health === 'SILENT' ? 260_000 : (stream.interval_s ?? 30) * 1000 * noise(stream.id, 3);
      if (BROKEN[stream.id]?.health !== 'UNHEARD') {
        this.readings[stream.id] = [new Date(Date.now() - late).toISOString(), valueAt(stream, Date.now() - late)];
      }
    }
    this.calm(3);
  }

  /** A city with {@code n} incidents. */
  calm(n: number): void {
    this.incidents = new Map();
    this.campaigns = new Map();
    for (let i = 0; i < n; i++) {
      const index = n <= 3 ? 3 + i : i;
      const incident = tell({ index, ago_s: 60 + ((index * 797) % 5400) });
      this.incidents.set(incident.id, this.#handled(incident, i));
    }
  }

  /** A city in which, beside other things, one story happens at two sites. */
  story(): void {
    this.calm(3);
    const chapters = [2_400, 2_160, 1_980, 120].map((ago_s, i) => tell({ index: STORY + i, ago_s }));
    const at = new Date(Date.now() - 700_000).toISOString();
    const gone: Incident = { ...tell({ index: STORY + 4, ago_s: 1_260 }), status: 'DISMISSED', dismissal: 'HARMLESS_CAUSE', changedAt: at };
    for (const chapter of chapters) {
      this.incidents.set(chapter.id, chapter);
    }
    const campaign = campaignOf(chapters, [gone]);
    this.campaigns.set(campaign.id, campaign);
  }

  #handled(incident: Incident, i: number): Incident {
    if (i % 4 === 1) {
      return { ...incident, status: 'ACKNOWLEDGED', acknowledgedBy: 'petr' };
    }
    if (i % 4 === 2) {
      return { ...incident, status: 'ASSIGNED', acknowledgedBy: 'petr', assignee: i % 8 === 2 ? 'eva' : 'admin' };
    }
    return incident;
  }

  /** A new incident, now. */
  raise(index: number): void {
    const incident = tell({ index: index + 7 * 0, ago_s: 2, exercise: this.exercise?.id ?? null });
    const fresh = { ...incident, id: `${incident.id}${(this.#index++).toString(36).toUpperCase()}` };
    this.incidents.set(fresh.id, fresh);
    this.#send({ type: 'incident', incident: summaryOf(fresh) });
  }

  closed(): Incident[] {
    const states: readonly IncidentStatus[] = ['RESOLVED', 'DISMISSED', 'MERGED'];
    return [5, 6, 3, 4].map((index, i) => ({
      ...tell({ index: index + 28, ago_s: 4000 + i * 3000 }),
      status: states[i % 3] as IncidentStatus,
      dismissal: i % 3 === 1 ? ('HARMLESS_CAUSE' as const) : null,
      mergedInto: i % 3 === 2 ? 'I-OTHER' : null,
    }));
  }

  state(): LiveMessage {
    const health = Object.fromEntries(
      STREAMS.map((stream) => [stream.id, BROKEN[stream.id] ?? { health: 'OK' as const, since: ago(5000), detail: '' }]),
    );
    return {
      type: 'state',
      now: new Date().toISOString(),
      exercise: this.exercise,
      incidents: [...this.incidents.values()].map(summaryOf),
      campaigns: [...this.campaigns.values()].map(summaryOfCampaign),
      readings: this.readings,
      health,
      stats: this.stats(),
    };
  }

  stats(): Stats {
    return {
      now: new Date().toISOString(),
      accepted_per_s: Math.round((61 + 4 * Math.sin(Date.now() / 9000)) * 10) / 10,
      accepted: this.#accepted,
      rejected: 17,
      duplicates: 4,
      quarantined: 9,
      silent: 1,
      devices: 4,
    };
  }

  /** Half a second passes. */
  step(): void {
    const now = Date.now();
    const changed: Record<string, Reading> = {};
    for (const stream of STREAMS) {
      if (BROKEN[stream.id] !== undefined && BROKEN[stream.id]?.health !== 'STUCK') {
        continue;
      }
      const chance = stream.interval_s === null ? 0.03 : 0.5 / stream.interval_s;
      if (Math.random() < chance) {
        const value = BROKEN[stream.id]?.health === 'STUCK' ? 37 : valueAt(stream, now);
        changed[stream.id] = [new Date(now).toISOString(), value];
      }
    }
    Object.assign(this.readings, changed);
    this.#accepted += 30;
    this.#send({ type: 'readings', readings: changed });
  }

  observations(id: string, from: number, to: number, limit: number): Observation[] {
    const stream = STREAMS.find((other) => other.id === id);
    if (stream === undefined) {
      return [];
    }
    const step = (stream.interval_s ?? 37) * 1000;
    const end = Math.min(to, Date.now(), BROKEN[id]?.health === 'SILENT' ? Date.now() - 260_000 : Infinity);
    const moments = [...this.incidents.values()].flatMap((incident) =>
      incident.ledger.flatMap((line) => line.evidence.filter((e) => e.datastream === id).map((e) => Date.parse(e.phenomenonTime))),
    );
    const found: Observation[] = [];
    for (let time = Math.floor(end / step) * step; time >= from && found.length < limit; time -= step) {
      const struck = moments.some((moment) => Math.abs(moment - time) < step);
      const value = valueAt(stream, time);
      const result = struck && typeof value === 'number' ? value * (stream.property === 'sound-level' ? 2 : 4) : value;
      const at = new Date(time).toISOString();
      found.push({ id: `seq-${time / step}`, time: at, receivedAt: at, result: stream.resultKind === 'EVENT' ? { type: result } : result, quality: 'good' });
    }
    return found;
  }

  command(id: string, command: Command): Answer {
    const incident = this.incidents.get(id);
    if (incident === undefined) {
      return { status: 404, body: { code: 'unknown-incident', message: `There is no incident ${id}.`, advice: null } };
    }
    if (this.refuse) {
      return {
        status: 409,
        body: { code: 'refused', message: `Incident ${id} was resolved by eva 3 s ago.`, advice: 'Maybe reopen it first.' },
      };
    }
    const by = SESSION.user;
    const at = new Date().toISOString();
    const sequence = incident.sequence + 1;
    const entry = (event: string, text: string): Incident['timeline'] => [...incident.timeline, { sequence, at, event, by, text }];
    let next: Incident;
    switch (command.command) {
      case 'acknowledge':
        next = { ...incident, status: 'ACKNOWLEDGED', acknowledgedBy: by, timeline: entry('Acknowledged', '') };
        break;
      case 'assign':
        next = { ...incident, status: 'ASSIGNED', acknowledgedBy: incident.acknowledgedBy ?? by, assignee: command.to, timeline: entry('Assigned', `to ${command.to}`) };
        break;
      case 'note':
        next = { ...incident, timeline: entry('Noted', command.text) };
        break;
      case 'resolve':
        next = { ...incident, status: 'RESOLVED', timeline: entry('Resolved', command.note) };
        break;
      case 'dismiss':
        next = { ...incident, status: 'DISMISSED', dismissal: command.reason, timeline: entry('Dismissed', `${command.reason} ${command.note}`) };
        break;
      case 'reopen':
        next = { ...incident, status: 'OPEN', dismissal: null, timeline: entry('Reopened', command.note) };
        break;
      case 'merge':
        next = { ...incident, status: 'MERGED', mergedInto: command.target, timeline: entry('MergedInto', command.target) };
        break;
      case 'split':
        next = {
          ...incident,
          ledger: incident.ledger.filter((line) => !command.evidence.includes(line.key)),
          timeline: entry('SplitOff', command.note),
        };
        break;
    }
    next = { ...next, sequence, changedAt: at };
    this.incidents.set(id, next);
    this.#send({ type: 'incident', incident: summaryOf(next) });
    return { status: 200, body: { sequence } };
  }

  setExercise(exercise: RunningExercise | null): void {
    this.exercise = exercise;
    this.#send({ type: 'exercise', exercise });
  }
}
