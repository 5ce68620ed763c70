// SPDX-License-Identifier: Apache-2.0
import type { IncidentSummary, Level } from '../api/types';
import { isLive, rank } from './order';

export type Mark = 'new' | 'raised' | null;

/** Remembers at which level the operator last looked at each incident, so that what is new or worse can be marked. */
export class Attention {
  readonly #seen = new Map<string, number>();
  #begun = false;

  /** Forgets everything, for the next to sign in. */
  reset(): void {
    this.#seen.clear();
    this.#begun = false;
  }

  /** The operator has looked at {@code incident}. */
  look(incident: IncidentSummary): void {
    this.#seen.set(incident.id, rank(incident.level));
  }

  /**
   * Takes in what there is. What is there at the first time is taken as looked at unless nobody has acknowledged it: an operator
   * who comes on shift is not greeted by marks on everything.
   *
   * @return those that have become new or worse by this
   */
  notice(before: ReadonlyMap<string, IncidentSummary>, now: ReadonlyMap<string, IncidentSummary>): IncidentSummary[] {
    const alarming: IncidentSummary[] = [];
    for (const incident of now.values()) {
      const known = before.get(incident.id);
      if (!this.#begun) {
        if (incident.status !== 'OPEN') {
          this.look(incident);
        }
      } else if (isLive(incident.status) && (known === undefined || worse(known.level, incident.level))) {
        alarming.push(incident);
      }
    }
    this.#begun = true;
    return alarming;
  }

  mark(incident: IncidentSummary): Mark {
    if (!isLive(incident.status)) {
      return null;
    }
    const seen = this.#seen.get(incident.id);
    if (seen === undefined) {
      return 'new';
    }
    return rank(incident.level) > seen ? 'raised' : null;
  }
}

function worse(before: Level, now: Level): boolean {
  return rank(now) > rank(before);
}
