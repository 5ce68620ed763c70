// SPDX-License-Identifier: Apache-2.0
// The shapes of docs/api.md. Instants are ISO 8601 text in UTC; positions are [longitude, latitude].

import type { Feature, FeatureCollection, Point, Polygon } from 'geojson';

export type Instant = string;
export type LonLat = readonly [number, number];

export type Role = 'operator' | 'supervisor' | 'director' | 'administrator';

export interface SessionOptions {
  readonly oidc: { readonly label: string; readonly url: string } | null;
  readonly city: string;
  readonly simulated: boolean;
}

export interface User {
  readonly user: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

export interface Session extends User {
  readonly tenant: string;
}

export interface ProblemBody {
  readonly code: string;
  readonly message: string;
  readonly advice?: string | null;
}

export const ZONE_KINDS = [
  'STAND',
  'PITCH',
  'CONCOURSE',
  'GATE_AREA',
  'SQUARE',
  'PARK',
  'ROAD',
  'RAIL',
  'STOP',
  'BUILDING',
  'INDUSTRIAL',
  'WATER',
  'RESTRICTED',
  'OTHER',
] as const;
export type ZoneKind = (typeof ZONE_KINDS)[number];

export type AssetKind =
  | 'GATE'
  | 'DOOR'
  | 'CAMERA'
  | 'MICROPHONE'
  | 'SERVER'
  | 'NETWORK'
  | 'CONTROL_SYSTEM'
  | 'TANK'
  | 'VEHICLE'
  | 'STRUCTURE'
  | 'OTHER';

export type SensorKind =
  | 'MICROPHONE'
  | 'CAMERA'
  | 'GAS'
  | 'WEATHER'
  | 'ACCESS'
  | 'NETWORK'
  | 'VIBRATION'
  | 'SPECTROMETER'
  | 'RADIATION'
  | 'VEHICLE'
  | 'OTHER';

export type ResultKind = 'QUANTITY' | 'COUNT' | 'TRUTH' | 'CATEGORY' | 'VECTOR' | 'EVENT' | 'TEXT';

export interface ZoneProperties {
  readonly id: string;
  readonly name: string;
  readonly kind: ZoneKind;
  readonly safeDensity_per_m2: number | null;
  /** The area on which people can stand; the shape's own where it is left out. */
  readonly walkable_m2?: number | null;
}

export interface AssetProperties {
  readonly id: string;
  readonly name: string;
  readonly kind: AssetKind;
  readonly importance: number;
}

export interface Datastream {
  readonly id: string;
  readonly name: string;
  readonly property: string;
  readonly resultKind: ResultKind;
  readonly unit: string;
  readonly zone: string | null;
  readonly interval_s: number | null;
}

export interface Sensor {
  readonly id: string;
  readonly kind: SensorKind;
  readonly model: string;
  readonly thing: string;
  readonly name: string;
  readonly position: LonLat;
  readonly range_m: number;
  readonly datastreams: readonly Datastream[];
}

export type ZoneFeature = Feature<Polygon, ZoneProperties>;
export type AssetFeature = Feature<Point, AssetProperties>;

export interface Site {
  readonly id: string;
  readonly name: string;
  readonly siteClass: string;
  readonly origin: LonLat;
  readonly expectedPeople: number;
  readonly boundary: Polygon | null;
  readonly zones: FeatureCollection<Polygon, ZoneProperties>;
  readonly assets: FeatureCollection<Point, AssetProperties>;
  readonly sensors: readonly Sensor[];
}

export interface City {
  readonly tenant: string;
  readonly name: string;
  readonly timeZone: string;
  readonly simulated: boolean;
  readonly sites: readonly Site[];
}

/** From least to most. */
export const LEVELS = ['NEGLIGIBLE', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export type Level = (typeof LEVELS)[number];

export type IncidentStatus = 'OPEN' | 'ACKNOWLEDGED' | 'ASSIGNED' | 'RESOLVED' | 'DISMISSED' | 'MERGED';

export type IncidentType =
  | 'ARMED_ATTACK'
  | 'HARMLESS_NOISE'
  | 'CROWD_CRUSH'
  | 'TOXIC_RELEASE'
  | 'INTRUSION'
  | 'CYBER_ATTACK'
  | 'SABOTAGE'
  | 'TECHNICAL_FAULT';

export const DISMISSAL_REASONS = [
  'FALSE_ALARM',
  'HARMLESS_CAUSE',
  'PLANNED_ACTIVITY',
  'SENSOR_FAULT',
  'DUPLICATE',
  'EXERCISE',
] as const;
export type DismissalReason = (typeof DISMISSAL_REASONS)[number];

export interface Ellipse {
  readonly major_m: number;
  readonly minor_m: number;
  /** Of the longer axis, clockwise from north. */
  readonly azimuth_deg: number;
}

export interface Entity {
  readonly kind: string;
  readonly value: string;
}

export interface IncidentSummary {
  readonly id: string;
  readonly site: string;
  readonly sequence: number;
  readonly status: IncidentStatus;
  readonly simulated: boolean;
  readonly exercise: string | null;
  readonly openedAt: Instant;
  readonly startedAt: Instant;
  readonly lastEvidenceAt: Instant;
  readonly changedAt: Instant;
  readonly title: string;
  readonly type: IncidentType | null;
  readonly probability: number;
  readonly level: Level;
  readonly exposedPeople: number;
  readonly score: number;
  readonly position: LonLat | null;
  readonly ellipse: Ellipse | null;
  readonly acknowledgedBy: string | null;
  readonly assignee: string | null;
  readonly dismissal: DismissalReason | null;
  readonly mergedInto: string | null;
  readonly evidenceCount: number;
  readonly entities: readonly Entity[];
}

export interface Hypothesis {
  readonly type: IncidentType;
  readonly logOdds: number;
  readonly probability: number;
}

export type LedgerKind = 'PRIOR' | 'EVIDENCE' | 'ABSENCE' | 'COMMON_CAUSE' | 'CONTEXT' | 'OPERATOR';

export interface Evidence {
  readonly datastream: string;
  readonly observation: string;
  readonly phenomenonTime: Instant;
}

export interface LedgerLine {
  readonly key: string;
  readonly kind: LedgerKind;
  readonly weights: Readonly<Partial<Record<IncidentType, number>>>;
  readonly sentence: string;
  readonly at: Instant;
  readonly count: number;
  readonly detections: readonly string[];
  readonly evidence: readonly Evidence[];
}

export interface SilentSensor {
  readonly sensor: string;
  readonly datastream: string;
  readonly distance_m: number;
  readonly lastHeard: Instant | null;
}

export interface Advice {
  readonly playbook: string;
  readonly title: string;
  readonly at: Instant;
  readonly steps: readonly { readonly role: string; readonly action: string }[];
}

export interface TimelineEntry {
  readonly sequence: number;
  readonly at: Instant;
  readonly event: string;
  readonly by: string | null;
  readonly text: string;
}

export interface Incident extends IncidentSummary {
  readonly hypotheses: readonly Hypothesis[];
  readonly criticality: {
    readonly level: Level;
    readonly probability: number;
    readonly exposedPeople: number;
    readonly score: number;
    readonly reasons: readonly string[];
    /** As the Common Alerting Protocol 1.2 has them. */
    readonly severity: 'EXTREME' | 'SEVERE' | 'MODERATE' | 'MINOR' | 'UNKNOWN';
    readonly urgency: 'IMMEDIATE' | 'EXPECTED' | 'FUTURE' | 'PAST' | 'UNKNOWN';
    readonly certainty: 'OBSERVED' | 'LIKELY' | 'POSSIBLE' | 'UNLIKELY' | 'UNKNOWN';
    /** The revision of the matrix and rules by which the level was found. */
    readonly rules: string;
  } | null;
  readonly ledger: readonly LedgerLine[];
  readonly silentSensors: readonly SilentSensor[];
  readonly advice: readonly Advice[];
  readonly timeline: readonly TimelineEntry[];
  /** The observation that would change most what is believed; null where none would. */
  readonly wouldTellMost: { readonly type: string; readonly change: number; readonly ifSo: number; readonly ifNot: number; readonly sentence: string } | null;
}

export interface CampaignMember {
  readonly incident: string;
  readonly site: string;
  readonly startedAt: Instant;
  readonly title: string;
  readonly type: IncidentType;
  readonly level: Level;
  readonly position: LonLat | null;
}

/** Incidents that are held to be one actor's work. */
export interface CampaignSummary {
  readonly id: string;
  readonly revision: number;
  readonly status: 'OPEN' | 'ENDED' | 'MERGED';
  readonly simulated: boolean;
  readonly exercise: string | null;
  readonly openedAt: Instant;
  readonly changedAt: Instant;
  readonly startedAt: Instant;
  readonly title: string;
  readonly probability: number;
  readonly level: Level;
  readonly mergedInto: string | null;
  /** In the order of happening. */
  readonly members: readonly CampaignMember[];
}

export type CampaignEvidenceKind =
  | 'PRIOR'
  | 'SHARED_ENTITY'
  | 'SHARED_SEGMENT'
  | 'COINCIDENCE'
  | 'SEQUENCE'
  | 'TIME'
  | 'CYBER_PHYSICAL'
  | 'TRAVEL'
  | 'CONTRADICTION';

export interface CampaignEvidence {
  readonly key: string;
  readonly kind: CampaignEvidenceKind;
  readonly logOdds: number;
  readonly sentence: string;
  readonly incidents: readonly string[];
}

export interface StoryLine {
  readonly at: Instant;
  readonly site: string;
  readonly incident: string;
  /** Whether the incident still belongs to the campaign. */
  readonly current: boolean;
  readonly sentence: string;
}

export interface FormerMember {
  readonly incident: string;
  readonly site: string;
  readonly startedAt: Instant;
  readonly leftAt: Instant;
  readonly title: string;
  readonly reason: 'RESOLVED' | 'DISMISSED' | 'MERGED' | 'UNTIED' | 'FORGOTTEN';
}

export interface Campaign extends CampaignSummary {
  readonly logOdds: number;
  readonly story: readonly StoryLine[];
  readonly ledger: readonly CampaignEvidence[];
  readonly former: readonly FormerMember[];
}

export type Command =
  | { readonly command: 'acknowledge' }
  | { readonly command: 'assign'; readonly to: string }
  | { readonly command: 'note'; readonly text: string }
  | { readonly command: 'resolve'; readonly note: string }
  | { readonly command: 'dismiss'; readonly reason: DismissalReason; readonly note: string }
  | { readonly command: 'reopen'; readonly note: string }
  | { readonly command: 'merge'; readonly target: string }
  | { readonly command: 'split'; readonly evidence: readonly string[]; readonly note: string };
export type CommandName = Command['command'];

export type ReadingValue = number | boolean | string;
export type Reading = readonly [Instant, ReadingValue];

export interface Observation {
  readonly id: string;
  readonly time: Instant;
  readonly receivedAt: Instant;
  readonly result: unknown;
  readonly quality: string;
}

export interface Quarantined {
  readonly id: string;
  readonly device: string;
  readonly receivedAt: Instant;
  readonly way: string;
  readonly address: string;
  readonly reason: string;
  readonly detail: string;
  /** In a list only its beginning. */
  readonly payload: string;
  readonly payload_bytes: number;
  readonly truncated: boolean;
  readonly replayedAt: Instant | null;
}

export interface ReplayResult {
  readonly accepted: number;
  readonly duplicates: number;
  readonly omitted: number;
  readonly rejected: readonly unknown[];
}

export interface Admissions {
  readonly discarded: Readonly<Record<string, number>>;
  readonly since: Instant;
  readonly accepted: number;
  readonly duplicate: number;
  readonly deferred: number;
  readonly unauthenticated: number;
  readonly rejected: Readonly<Record<string, number>>;
}

export interface Device {
  readonly device: string;
  readonly site?: string | null;
  readonly createdAt?: Instant | null;
  readonly revokedAt?: Instant | null;
}

export interface NewDevice extends Device {
  readonly secret: string;
}

export interface ExerciseScript {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly duration_s: number;
}

export interface RunningExercise {
  readonly id: string;
  readonly title: string;
  readonly since: Instant;
}

export const HEALTHS = ['OK', 'UNHEARD', 'SILENT', 'STUCK', 'IMPLAUSIBLE'] as const;
export type Health = (typeof HEALTHS)[number];

export interface HealthReport {
  readonly health: Health;
  readonly since: Instant;
  readonly detail: string;
}

export interface Stats {
  readonly now: Instant;
  readonly accepted_per_s: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly silent: number;
  readonly devices: number;
}

export type LiveMessage =
  | {
      readonly type: 'state';
      readonly now: Instant;
      readonly exercise: RunningExercise | null;
      readonly incidents: readonly IncidentSummary[];
      readonly campaigns: readonly CampaignSummary[];
      readonly readings: Readonly<Record<string, Reading>>;
      readonly health: Readonly<Record<string, HealthReport>>;
      readonly stats: Stats;
    }
  | { readonly type: 'incident'; readonly incident: IncidentSummary }
  | { readonly type: 'campaign'; readonly campaign: CampaignSummary }
  | { readonly type: 'readings'; readonly readings: Readonly<Record<string, Reading>> }
  | ({ readonly type: 'health'; readonly datastream: string } & HealthReport)
  | { readonly type: 'exercise'; readonly exercise: RunningExercise | null }
  | ({ readonly type: 'stats' } & Stats);
