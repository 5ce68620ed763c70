// SPDX-License-Identifier: Apache-2.0
import type { IncidentSummary } from '../src/api/types';

/** An ordinary open incident, but for what is {@code special}. */
export function incident(special: Partial<IncidentSummary> = {}): IncidentSummary {
  const at = '2026-11-21T10:00:00Z';
  return {
    id: 'I-1',
    site: 'stadium',
    sequence: 2,
    status: 'OPEN',
    simulated: false,
    exercise: null,
    openedAt: at,
    startedAt: at,
    lastEvidenceAt: at,
    changedAt: at,
    title: 'Something at the gate',
    type: 'INTRUSION',
    probability: 0.6,
    level: 'MEDIUM',
    exposedPeople: 10,
    score: 12,
    position: null,
    ellipse: null,
    acknowledgedBy: null,
    assignee: null,
    dismissal: null,
    mergedInto: null,
    evidenceCount: 1,
    entities: [],
    ...special,
  };
}
