// SPDX-License-Identifier: Apache-2.0
import type { DismissalReason, IncidentStatus, IncidentType, LedgerKind, Level } from '../api/types';

const WORDS: Readonly<Record<string, string>> = {
  ARMED_ATTACK: 'Armed attack',
  HARMLESS_NOISE: 'Harmless noise',
  CROWD_CRUSH: 'Crowd crush',
  TOXIC_RELEASE: 'Toxic release',
  INTRUSION: 'Intrusion',
  CYBER_ATTACK: 'Cyber attack',
  SABOTAGE: 'Sabotage',
  TECHNICAL_FAULT: 'Technical fault',
  OK: 'Healthy',
  UNHEARD: 'Not heard yet',
  SILENT: 'Silent',
  STUCK: 'Stuck',
  IMPLAUSIBLE: 'Implausible',
  PRIOR: 'Before any evidence',
  COMMON_CAUSE: 'Shared cause',
  ACCESS: 'Door and access',
  OPEN_AIR_EVENT: 'Open-air event',
  MergedInto: 'Merged',
};

/** The words for a code: {@code GATE_AREA} and {@code gate-area} as "Gate area". */
export function words(code: string): string {
  const known = WORDS[code];
  if (known !== undefined) {
    return known;
  }
  const spaced = code.replace(/[_-]+/g, ' ').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

export const levelWords = (level: Level): string => words(level);
export const statusWords = (status: IncidentStatus): string => words(status);
export const typeWords = (type: IncidentType | null): string => (type === null ? 'Not yet assessed' : words(type));
export const reasonWords = (reason: DismissalReason): string => words(reason);
export const ledgerWords = (kind: LedgerKind): string => words(kind);

export function plural(n: number, one: string, many = `${one}s`): string {
  return n === 1 ? one : many;
}
