// SPDX-License-Identifier: Apache-2.0
import { type IncidentStatus, type IncidentSummary, LEVELS, type Level } from '../api/types';

export function rank(level: Level): number {
  return LEVELS.indexOf(level);
}

export function isLive(status: IncidentStatus): boolean {
  return status === 'OPEN' || status === 'ACKNOWLEDGED' || status === 'ASSIGNED';
}

/** The queue's order: the higher level first, then the newer; the id decides where both are equal. */
export function compare(a: IncidentSummary, b: IncidentSummary): number {
  return (
    rank(b.level) - rank(a.level) ||
    Date.parse(b.openedAt) - Date.parse(a.openedAt) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

export interface Arrangement {
  /** The ids in the order in which they are shown. */
  readonly shown: readonly string[];
  /** Those that wait until the operator lets go, the most critical first. */
  readonly waiting: readonly string[];
}

/**
 * What the queue shows. While the operator points at it ({@code held}), nothing moves: what was shown stays where it was, even
 * if it was closed or raised meanwhile, and what is new waits. Where nothing is shown
 * yet there is nothing to hold.
 */
export function arrange(
  shown: readonly string[],
  wanted: readonly IncidentSummary[],
  known: ReadonlyMap<string, IncidentSummary>,
  held: boolean,
): Arrangement {
  const target = [...wanted].sort(compare).map((incident) => incident.id);
  if (!held) {
    return { shown: target, waiting: [] };
  }
  const kept = shown.filter((id) => known.has(id));
  if (kept.length === 0) {
    return { shown: target, waiting: [] };
  }
  const keptSet = new Set(kept);
  return { shown: kept, waiting: target.filter((id) => !keptSet.has(id)) };
}
