// SPDX-License-Identifier: Apache-2.0
import {
  type Advice,
  type Evidence,
  type Hypothesis,
  type Incident,
  type IncidentSummary,
  type IncidentType,
  LEVELS,
  type Level,
  type LedgerKind,
  type LedgerLine,
  type SilentSensor,
} from '../src/api/types.ts';
import { place } from './city.ts';

interface Draft {
  readonly title: string;
  readonly type: IncidentType;
  readonly level: Level;
  readonly at: readonly [number, number];
  readonly major_m: number;
  readonly minor_m: number;
  readonly exposed: number;
  readonly site?: string;
  readonly entities: Incident['entities'];
  readonly lines: readonly Line[];
  readonly others: readonly IncidentType[];
  readonly reasons: readonly string[];
  readonly advice?: { readonly title: string; readonly steps: Advice['steps'] };
  readonly silent?: readonly SilentSensor[];
}

interface Line {
  readonly kind: LedgerKind;
  readonly weights: Partial<Record<IncidentType, number>>;
  readonly sentence: string;
  readonly secondsAgo: number;
  readonly streams?: readonly string[];
  readonly count?: number;
}

const POLICE = 'Police commander';

const DRAFTS: readonly Draft[] = [
  {
    title: 'Shots or explosion at Gate A',
    type: 'ARMED_ATTACK',
    level: 'CRITICAL',
    at: [-132, -12],
    major_m: 34,
    minor_m: 18,
    exposed: 4_180,
    entities: [
      { kind: 'zone', value: 'gate-a' },
      { kind: 'sensor', value: 'mic-8' },
    ],
    others: ['HARMLESS_NOISE', 'CROWD_CRUSH'],
    lines: [
      { kind: 'PRIOR', weights: { ARMED_ATTACK: -6.2, HARMLESS_NOISE: -1.4, CROWD_CRUSH: -4.1 }, sentence: 'An attack is rare: about one in 500 such alarms at a stadium', secondsAgo: 95 },
      { kind: 'EVIDENCE', weights: { ARMED_ATTACK: 4.6, HARMLESS_NOISE: 1.9 }, sentence: 'Microphone west heard an impulse of 118 dB, 61 dB above its background, risen within 20 ms', secondsAgo: 94, streams: ['mic-8-level'] },
      { kind: 'EVIDENCE', weights: { ARMED_ATTACK: 3.9, HARMLESS_NOISE: 1.5 }, sentence: 'Microphone south-west heard an impulse of 109 dB 0.21 s later, as far away as Gate A is', secondsAgo: 94, streams: ['mic-7-level'] },
      { kind: 'EVIDENCE', weights: { ARMED_ATTACK: 2.8, HARMLESS_NOISE: 0.4 }, sentence: 'Five further impulses within 7 s at both microphones', secondsAgo: 88, streams: ['mic-8-level', 'mic-7-level'], count: 5 },
      { kind: 'COMMON_CAUSE', weights: { ARMED_ATTACK: -2.1, HARMLESS_NOISE: -0.9 }, sentence: 'The impulses at the two microphones share a cause and count together once', secondsAgo: 88 },
      { kind: 'EVIDENCE', weights: { ARMED_ATTACK: 1.7, CROWD_CRUSH: 2.2, HARMLESS_NOISE: -0.8 }, sentence: 'The crowd at Gate A fell from 640 to 85 people within 20 s', secondsAgo: 70, streams: ['cam-1-people'] },
      { kind: 'EVIDENCE', weights: { ARMED_ATTACK: 1.2 }, sentence: 'Door of turnstiles A was forced', secondsAgo: 61, streams: ['door-gate-a-events'] },
      { kind: 'ABSENCE', weights: { ARMED_ATTACK: -0.7, HARMLESS_NOISE: 0.2 }, sentence: 'Microphone north-west, 121 m away, heard nothing above 70 dB', secondsAgo: 60, streams: ['mic-1-level'] },
      { kind: 'CONTEXT', weights: { ARMED_ATTACK: -0.4, HARMLESS_NOISE: 0.9 }, sentence: 'A match is being played: fireworks are likelier than usual', secondsAgo: 95 },
    ],
    reasons: [
      'Probability 0.97 of an armed attack, the most severe type (factor 10)',
      'About 4 200 people within 120 m: 640 at Gate A, 3 100 on the west stand, the rest on the concourse',
      'A stadium with closed stands is three times as vulnerable as an open street',
    ],
    advice: {
      title: 'Armed attack at a gate',
      steps: [
        { role: 'Operator', action: 'Call the police on the direct line and state: shots at Gate A, two microphones, crowd has fled' },
        { role: POLICE, action: 'Decide on lock-in of the west stand or evacuation away from Gate A, towards gates B and D' },
        { role: 'Stadium security', action: 'Keep everyone away from Gate A; open gates B, C and D fully' },
        { role: 'Medical commander', action: 'Set up outside Gate D, 250 m from Gate A and not in line of sight' },
        { role: 'Tram control', action: 'Stop trams before Stadium stop in both directions' },
      ],
    },
    silent: [{ sensor: 'mic-10', datastream: 'mic-10-level', distance_m: 161, lastHeard: null }],
  },
  {
    title: 'Ammonia above the limit beside the cooling plant',
    type: 'TOXIC_RELEASE',
    level: 'HIGH',
    at: [670, -330],
    major_m: 60,
    minor_m: 26,
    exposed: 310,
    site: 'brewery',
    entities: [{ kind: 'zone', value: 'cooling' }],
    others: ['TECHNICAL_FAULT', 'SABOTAGE'],
    lines: [
      { kind: 'PRIOR', weights: { TOXIC_RELEASE: -4.6, TECHNICAL_FAULT: -2.2, SABOTAGE: -6 }, sentence: 'Releases are rare at cooling plants', secondsAgo: 640 },
      { kind: 'EVIDENCE', weights: { TOXIC_RELEASE: 3.4, TECHNICAL_FAULT: 1.6, SABOTAGE: 0.6 }, sentence: 'Ammonia sensor 2 reports 64 ppm, above the limit of 30 ppm (AEGL-1)', secondsAgo: 630, streams: ['gas-2-nh3'] },
      { kind: 'EVIDENCE', weights: { TOXIC_RELEASE: 2.6, TECHNICAL_FAULT: -0.4 }, sentence: 'Ammonia sensor 4, downwind of it, follows 40 s later with 41 ppm', secondsAgo: 590, streams: ['gas-4-nh3'] },
      { kind: 'EVIDENCE', weights: { TOXIC_RELEASE: 1.1, TECHNICAL_FAULT: 0.3 }, sentence: 'It rises by 6 ppm a minute', secondsAgo: 300, streams: ['gas-2-nh3'] },
      { kind: 'ABSENCE', weights: { TOXIC_RELEASE: -0.9, TECHNICAL_FAULT: 0.5 }, sentence: 'Ammonia sensors 1 and 3, upwind, report nothing', secondsAgo: 280, streams: ['gas-1-nh3', 'gas-3-nh3'] },
    ],
    reasons: ['Probability 0.83 of a toxic release (factor 6)', 'About 310 people downwind within 300 m at 3.4 m/s from the west'],
    advice: {
      title: 'Ammonia release',
      steps: [
        { role: 'Operator', action: 'Call the plant’s control room and the fire brigade' },
        { role: 'Fire commander', action: 'Approach from the west, upwind' },
        { role: 'City police', action: 'Clear the visitors’ square to the west' },
      ],
    },
  },
  {
    title: 'Crowd above the safe density at Gate C',
    type: 'CROWD_CRUSH',
    level: 'HIGH',
    at: [126, 28],
    major_m: 30,
    minor_m: 16,
    exposed: 1_240,
    entities: [{ kind: 'zone', value: 'gate-c' }],
    others: ['ARMED_ATTACK'],
    lines: [
      { kind: 'PRIOR', weights: { CROWD_CRUSH: -3.2, ARMED_ATTACK: -7 }, sentence: 'Before any evidence', secondsAgo: 320 },
      { kind: 'EVIDENCE', weights: { CROWD_CRUSH: 3.1, ARMED_ATTACK: 0.3 }, sentence: '4.1 people per m² at Gate C for 90 s; safe are 2.5', secondsAgo: 300, streams: ['cam-3-people'] },
      { kind: 'EVIDENCE', weights: { CROWD_CRUSH: 1.4 }, sentence: 'The flow through turnstiles C has halved', secondsAgo: 220, streams: ['door-gate-c-events'] },
    ],
    reasons: ['Probability 0.78 of a crush (factor 8)', 'About 1 200 people in and around Gate C'],
    advice: {
      title: 'Dangerous crowding at a gate',
      steps: [
        { role: 'Stadium security', action: 'Open the relief gate beside C' },
        { role: 'Steward', action: 'Hold back arrivals from the tram stop' },
      ],
    },
  },
  {
    title: 'Access refused eight times with one card at the control room',
    type: 'INTRUSION',
    level: 'MEDIUM',
    at: [-62, -80],
    major_m: 8,
    minor_m: 8,
    exposed: 12,
    entities: [
      { kind: 'asset', value: 'asset-access' },
      { kind: 'credential', value: 'C-4471' },
    ],
    others: ['TECHNICAL_FAULT', 'CYBER_ATTACK'],
    lines: [
      { kind: 'PRIOR', weights: { INTRUSION: -3.8, TECHNICAL_FAULT: -1.1, CYBER_ATTACK: -5 }, sentence: 'Before any evidence', secondsAgo: 1500 },
      { kind: 'EVIDENCE', weights: { INTRUSION: 3.3, TECHNICAL_FAULT: 1.2 }, sentence: 'Card C-4471 was refused eight times within 3 min at the door of the control room', secondsAgo: 1400, streams: ['door-control-events'], count: 8 },
      { kind: 'OPERATOR', weights: { INTRUSION: 0.4 }, sentence: 'Jana Nováková: the card was reported lost yesterday', secondsAgo: 900 },
    ],
    reasons: ['Probability 0.47 of an intrusion (factor 2)', 'The access controller is five times as important as an ordinary asset'],
  },
  {
    title: 'Burst of 340 network alerts at the video server: exploitation of CVE-2021-36260 and unusual outbound sessions to 185.220.101.44',
    type: 'CYBER_ATTACK',
    level: 'MEDIUM',
    at: [-62, -78],
    major_m: 5,
    minor_m: 5,
    exposed: 0,
    entities: [
      { kind: 'asset', value: 'asset-video' },
      { kind: 'ip', value: '10.20.4.17' },
      { kind: 'technique', value: 'T1190' },
    ],
    others: ['SABOTAGE', 'TECHNICAL_FAULT'],
    lines: [
      { kind: 'PRIOR', weights: { CYBER_ATTACK: -2.9, SABOTAGE: -5.5, TECHNICAL_FAULT: -2 }, sentence: 'Before any evidence', secondsAgo: 3700 },
      { kind: 'EVIDENCE', weights: { CYBER_ATTACK: 2.2, SABOTAGE: 0.8 }, sentence: 'ET EXPLOIT Hikvision IP Camera RCE Attempt (severity 1) from 185.220.101.44 to the video server', secondsAgo: 3600, streams: ['ids-stadium-eve'], count: 12 },
      { kind: 'EVIDENCE', weights: { CYBER_ATTACK: 1.9, SABOTAGE: 0.5 }, sentence: '340 alerts within 10 min at an asset that has 2 on an ordinary day', secondsAgo: 3200, streams: ['ids-stadium-eve'], count: 340 },
    ],
    reasons: ['Probability 0.74 of a cyber attack (factor 1.5)', 'Nobody is exposed directly'],
  },
  {
    title: 'Firecrackers in the park',
    type: 'HARMLESS_NOISE',
    level: 'LOW',
    at: [-290, -30],
    major_m: 70,
    minor_m: 44,
    exposed: 60,
    entities: [{ kind: 'zone', value: 'strunc-park' }],
    others: ['ARMED_ATTACK'],
    lines: [
      { kind: 'PRIOR', weights: { HARMLESS_NOISE: -1.4, ARMED_ATTACK: -6.2 }, sentence: 'Before any evidence', secondsAgo: 5400 },
      { kind: 'EVIDENCE', weights: { HARMLESS_NOISE: 2.7, ARMED_ATTACK: 1.2 }, sentence: 'Microphone park heard three impulses of up to 94 dB', secondsAgo: 5300, streams: ['mic-10-level'], count: 3 },
    ],
    reasons: ['Most probably harmless'],
  },
  {
    title: 'Weather mast reports wind that cannot be',
    type: 'TECHNICAL_FAULT',
    level: 'NEGLIGIBLE',
    at: [-180, 170],
    major_m: 6,
    minor_m: 6,
    exposed: 0,
    entities: [{ kind: 'sensor', value: 'weather-1' }],
    others: ['SABOTAGE'],
    lines: [
      { kind: 'PRIOR', weights: { TECHNICAL_FAULT: -1, SABOTAGE: -5 }, sentence: 'Before any evidence', secondsAgo: 8000 },
      { kind: 'EVIDENCE', weights: { TECHNICAL_FAULT: 2.4, SABOTAGE: 0.6 }, sentence: 'Wind of 84 m/s; plausible are 0 to 60 m/s', secondsAgo: 7900, streams: ['weather-1-wind'] },
    ],
    reasons: ['A fault of one sensor'],
  },
];

/** One story at two sites, and beside it something that was first thought to belong to it. Told by the indexes from {@link STORY} on. */
const CHAPTERS: readonly Draft[] = [
  {
    title: 'Cameras of the technical room blinded',
    type: 'SABOTAGE',
    level: 'MEDIUM',
    at: [-96, -112],
    major_m: 18,
    minor_m: 12,
    exposed: 20,
    entities: [
      { kind: 'zone', value: 'gate-d' },
      { kind: 'segment', value: 'tech-room' },
    ],
    others: ['TECHNICAL_FAULT'],
    lines: [
      { kind: 'PRIOR', weights: { SABOTAGE: -3.6, TECHNICAL_FAULT: -2.4 }, sentence: 'Before any evidence', secondsAgo: 60 },
      { kind: 'EVIDENCE', weights: { SABOTAGE: 5.4, TECHNICAL_FAULT: 2.1 }, sentence: 'Cameras 4 and 5, behind different switches, went dark within 3 s', secondsAgo: 55, count: 2, streams: ['cam-4-people'] },
    ],
    reasons: ['Probability 0.86 of sabotage (factor 2)'],
  },
  {
    title: 'Door of the technical room forced',
    type: 'INTRUSION',
    level: 'HIGH',
    at: [-62, -80],
    major_m: 8,
    minor_m: 8,
    exposed: 40,
    entities: [
      { kind: 'asset', value: 'asset-access' },
      { kind: 'segment', value: 'tech-room' },
    ],
    others: ['TECHNICAL_FAULT'],
    lines: [
      { kind: 'PRIOR', weights: { INTRUSION: -3.8, TECHNICAL_FAULT: -2.6 }, sentence: 'Before any evidence', secondsAgo: 40 },
      { kind: 'EVIDENCE', weights: { INTRUSION: 6.6, TECHNICAL_FAULT: 1.2 }, sentence: 'The door of the technical room opened without a card and stayed open for 40 s', secondsAgo: 35, streams: ['door-control-events'] },
    ],
    reasons: ['Probability 0.93 of an intrusion (factor 2)', 'The access controller is five times as important as an ordinary asset'],
  },
  {
    title: 'Login to the video server from the technical room',
    type: 'CYBER_ATTACK',
    level: 'HIGH',
    at: [-20, -40],
    major_m: 5,
    minor_m: 5,
    exposed: 0,
    entities: [
      { kind: 'asset', value: 'asset-video' },
      { kind: 'segment', value: 'tech-room' },
      { kind: 'ip', value: '185.220.101.44' },
    ],
    others: ['SABOTAGE'],
    lines: [
      { kind: 'PRIOR', weights: { CYBER_ATTACK: -2.9, SABOTAGE: -5.5 }, sentence: 'Before any evidence', secondsAgo: 40 },
      { kind: 'EVIDENCE', weights: { CYBER_ATTACK: 5.2, SABOTAGE: 1.1 }, sentence: 'A login as administrator from a port of the technical room, then a session to 185.220.101.44', secondsAgo: 30, count: 3, streams: ['ids-stadium-eve'] },
    ],
    reasons: ['Probability 0.90 of a cyber attack (factor 1.5)'],
  },
  {
    title: 'Controller of the cooling plant attacked',
    type: 'CYBER_ATTACK',
    level: 'MEDIUM',
    at: [690, -300],
    major_m: 5,
    minor_m: 5,
    exposed: 0,
    site: 'brewery',
    entities: [{ kind: 'ip', value: '185.220.101.44' }],
    others: ['TECHNICAL_FAULT'],
    lines: [
      { kind: 'PRIOR', weights: { CYBER_ATTACK: -2.9, TECHNICAL_FAULT: -2.4 }, sentence: 'Before any evidence', secondsAgo: 40 },
      { kind: 'EVIDENCE', weights: { CYBER_ATTACK: 4.8, TECHNICAL_FAULT: 0.6 }, sentence: 'Writes to the controller of the cooling plant from 185.220.101.44', secondsAgo: 30, count: 6 },
    ],
    reasons: ['Probability 0.85 of a cyber attack (factor 1.5)'],
  },
  {
    title: 'Access refused at turnstile D',
    type: 'INTRUSION',
    level: 'LOW',
    at: [30, -130],
    major_m: 8,
    minor_m: 8,
    exposed: 10,
    entities: [{ kind: 'zone', value: 'gate-d' }],
    others: ['TECHNICAL_FAULT'],
    lines: [
      { kind: 'PRIOR', weights: { INTRUSION: -3.8, TECHNICAL_FAULT: -1.1 }, sentence: 'Before any evidence', secondsAgo: 30 },
      { kind: 'EVIDENCE', weights: { INTRUSION: 2.2, TECHNICAL_FAULT: 1.2 }, sentence: 'A card was refused four times', secondsAgo: 25, count: 4 },
    ],
    reasons: ['Most probably a worn card'],
  },
];
export const STORY = 1_000;

export interface Options {
  readonly index: number;
  readonly ago_s: number;
  readonly exercise?: string | null;
}

/** The {@code index}th incident that the fixture can tell, as if it had opened {@code ago_s} seconds ago. */
export function tell({ index, ago_s, exercise = null }: Options): Incident {
  const draft = (index >= STORY ? CHAPTERS[index - STORY] : DRAFTS[index % DRAFTS.length]) as Draft;
  const now = Date.now();
  const first = Math.max(...draft.lines.map((line) => line.secondsAgo));
  const shift = (ago_s - first) * 1000;
  const iso = (secondsAgo: number): string => new Date(now - secondsAgo * 1000 - shift).toISOString();
  const types = [draft.type, ...draft.others];
  const hypotheses = probabilities(
    types.map((type) => ({ type, logOdds: draft.lines.reduce((sum, line) => sum + (line.weights[type] ?? 0), 0), probability: 0 })),
  );
  const [leading] = hypotheses as [Hypothesis];
  const round = index >= STORY ? 0 : Math.floor(index / DRAFTS.length);
  const rank = LEVELS.indexOf(draft.level);
  const level = LEVELS[Math.max(0, round === 0 ? rank : rank - (round % 3))] as Level;
  const id = `I-${(0x5a3c1f00 + index * 7919).toString(32).toUpperCase()}`;
  const [east, north] = draft.at;
  const position = place(east + ((round * 61) % 140) * (round % 2 === 0 ? 1 : -1), north + ((round * 37) % 90) * (round % 2 === 0 ? -1 : 1));
  const score = leading.probability * Math.max(1, draft.exposed) * 3;
  const openedAt = new Date(now - ago_s * 1000).toISOString();
  const ledger: LedgerLine[] = draft.lines.map((line, i) => ({
    key: `${line.kind}-${i}`,
    kind: line.kind,
    weights: line.weights,
    sentence: line.sentence,
    at: iso(line.secondsAgo),
    count: line.count ?? (line.kind === 'EVIDENCE' ? 1 : 0),
    detections: line.kind === 'EVIDENCE' ? [`D-${id.slice(2)}${i}QK7V`] : [],
    evidence: (line.streams ?? []).map(
      (datastream): Evidence => ({ datastream, observation: `seq-${1000 + i}`, phenomenonTime: iso(line.secondsAgo) }),
    ),
  }));
  return {
    id,
    site: draft.site ?? 'stadium-district',
    sequence: 2 + (draft.advice === undefined ? 0 : 1),
    status: 'OPEN',
    simulated: true,
    exercise,
    openedAt,
    startedAt: iso(first),
    lastEvidenceAt: iso(Math.min(...draft.lines.map((line) => line.secondsAgo))),
    changedAt: openedAt,
    title: draft.title,
    type: leading.type,
    probability: leading.probability,
    level,
    exposedPeople: draft.exposed,
    score,
    position,
    ellipse: { major_m: draft.major_m, minor_m: draft.minor_m, azimuth_deg: 60 },
    acknowledgedBy: null,
    assignee: null,
    dismissal: null,
    mergedInto: null,
    evidenceCount: ledger.filter((line) => line.kind === 'EVIDENCE').reduce((sum, line) => sum + line.count, 0),
    entities: draft.entities,
    hypotheses,
    criticality: { level, probability: leading.probability, exposedPeople: draft.exposed, score, reasons: draft.reasons, severity: 'EXTREME', urgency: 'IMMEDIATE', certainty: leading.probability > 0.5 ? 'LIKELY' : 'POSSIBLE', rules: 'default-1' },
    ledger,
    silentSensors: (draft.silent ?? []).map((silent) => ({ ...silent, lastHeard: iso(first + 260) })),
    advice: draft.advice === undefined ? [] : [{ playbook: `playbook-${draft.type}`, title: draft.advice.title, at: openedAt, steps: draft.advice.steps }],
    wouldTellMost: {
      type: 'SCREAM',
      change: 0.07,
      ifSo: 0.98,
      ifNot: 0.88,
      sentence: 'Whether there is screaming would tell most: with it an armed attack goes from 94 % to 98 %, without it to 88 %.',
    },
    timeline: [
      { sequence: 1, at: openedAt, event: 'Opened', by: null, text: '' },
      { sequence: 2, at: openedAt, event: 'Reassessed', by: null, text: `${draft.title}: ${level.toLowerCase()}, probability ${leading.probability.toFixed(2)}` },
      ...(draft.advice === undefined ? [] : [{ sequence: 3, at: openedAt, event: 'Advised', by: null, text: draft.advice.title }]),
    ],
  };
}

function probabilities(hypotheses: readonly Hypothesis[]): Hypothesis[] {
  const total = 1 + hypotheses.reduce((sum, { logOdds }) => sum + Math.exp(logOdds), 0);
  return hypotheses
    .map((hypothesis) => ({ ...hypothesis, probability: Math.exp(hypothesis.logOdds) / total }))
    .sort((a, b) => b.probability - a.probability);
}

export function summaryOf(incident: Incident): IncidentSummary {
  const { hypotheses: _h, criticality: _c, ledger: _l, silentSensors: _s, advice: _a, timeline: _t, wouldTellMost: _w, ...summary } = incident;
  return summary;
}
