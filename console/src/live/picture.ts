// SPDX-License-Identifier: Apache-2.0
import type {
  CampaignSummary,
  HealthReport,
  IncidentSummary,
  LiveMessage,
  Reading,
  RunningExercise,
  Stats,
} from '../api/types';
import { Signal } from '../state/signal';

export type Campaigns = ReadonlyMap<string, CampaignSummary>;
export type Incidents = ReadonlyMap<string, IncidentSummary>;

/**
 * {@code incidents} with {@code incoming} in it, unless what is known of it is as new or newer: answers to requests and live
 * messages overtake one another.
 */
export function mergeIncident(incidents: Incidents, incoming: IncidentSummary): Incidents {
  const known = incidents.get(incoming.id);
  if (known !== undefined && known.sequence >= incoming.sequence) {
    return incidents;
  }
  return new Map(incidents).set(incoming.id, incoming);
}

/** {@code campaigns} with {@code incoming} in its place: an ended one goes, an older word changes nothing. */
export function mergeCampaign(campaigns: Campaigns, incoming: CampaignSummary): Campaigns {
  const known = campaigns.get(incoming.id);
  if (known !== undefined && known.revision >= incoming.revision) {
    return campaigns;
  }
  const next = new Map(campaigns);
  if (incoming.status === 'OPEN') {
    next.set(incoming.id, incoming);
  } else {
    next.delete(incoming.id);
  }
  return next;
}

/** The city as it is now, as far as the platform has told. */
export class Picture {
  /** Live ones and those that closed while this console watched. */
  readonly incidents = new Signal<Incidents>(new Map());
  /** The open ones. */
  readonly campaigns = new Signal<Campaigns>(new Map());
  readonly readings = new Signal<ReadonlyMap<string, Reading>>(new Map());
  readonly health = new Signal<ReadonlyMap<string, HealthReport>>(new Map());
  readonly exercise = new Signal<RunningExercise | null>(null);
  readonly stats = new Signal<Stats | null>(null);
  /** The datastreams that reported in the last message of readings. */
  readonly heard = new Signal<readonly string[]>([]);
  /** Whether a full state has come at all. */
  readonly complete = new Signal(false);

  apply(message: LiveMessage): void {
    switch (message.type) {
      case 'state':
        // The platform's word on a new connection is the whole truth: what it does not name is no longer there.
        this.incidents.value = new Map(message.incidents.map((incident) => [incident.id, incident]));
        this.campaigns.value = new Map(message.campaigns.map((campaign) => [campaign.id, campaign]));
        this.readings.value = new Map(Object.entries(message.readings));
        this.health.value = new Map(Object.entries(message.health));
        this.exercise.value = message.exercise;
        this.stats.value = message.stats;
        this.complete.value = true;
        break;
      case 'incident':
        this.incidents.value = mergeIncident(this.incidents.value, message.incident);
        break;
      case 'campaign':
        this.campaigns.value = mergeCampaign(this.campaigns.value, message.campaign);
        break;
      case 'readings':
        this.#read(message.readings);
        break;
      case 'health': {
        const { datastream, health, since, detail } = message;
        this.health.value = new Map(this.health.value).set(datastream, { health, since, detail });
        break;
      }
      case 'exercise':
        this.exercise.value = message.exercise;
        break;
      case 'stats': {
        const { type: _, ...stats } = message;
        this.stats.value = stats;
        break;
      }
    }
  }

  /** Forgets everything, for the next to sign in. */
  clear(): void {
    this.incidents.value = new Map();
    this.campaigns.value = new Map();
    this.readings.value = new Map();
    this.health.value = new Map();
    this.exercise.value = null;
    this.stats.value = null;
    this.heard.value = [];
    this.complete.value = false;
  }

  #read(incoming: Readonly<Record<string, Reading>>): void {
    const next = new Map(this.readings.value);
    const heard: string[] = [];
    for (const [datastream, reading] of Object.entries(incoming)) {
      const known = next.get(datastream);
      if (known === undefined || Date.parse(known[0]) <= Date.parse(reading[0])) {
        next.set(datastream, reading);
        heard.push(datastream);
      }
    }
    if (heard.length > 0) {
      this.readings.value = next;
      this.heard.value = heard;
    }
  }
}

export const picture = new Picture();
