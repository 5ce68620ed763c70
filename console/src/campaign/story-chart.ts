// SPDX-License-Identifier: Apache-2.0
import type { Campaign } from '../api/types';

/** An incident on the chart of a story. */
export interface Stop {
  readonly incident: string;
  /** Its number in the order of happening among those that belong to the story; 0 of one that left. */
  readonly number: number;
  readonly lane: number;
  /** From 0 at the left to 1 at the right. */
  readonly x: number;
  readonly at_ms: number;
}

export interface StoryChart {
  /** The sites, in the order in which the story reaches them. */
  readonly lanes: readonly string[];
  /** In the order of happening. */
  readonly stops: readonly Stop[];
}

/** How near two stops may come, as a share of the width: what happens in quick succession is still told apart. */
const LEAST_GAP = 0.07;

/** Where each incident of a story is drawn: a lane for each site, time from left to right, never so near that signs cover each other. */
export function chartOf(campaign: Pick<Campaign, 'story' | 'members'>): StoryChart {
  const lanes: string[] = [];
  const numbers = new Map(campaign.members.map(({ incident }, i) => [incident, i + 1]));
  const times = campaign.story.map(({ at }) => Date.parse(at));
  const first = times[0] ?? 0;
  const span = Math.max(1, (times.at(-1) ?? 0) - first);
  const n = campaign.story.length;
  const gap = n < 2 ? 0 : Math.min(LEAST_GAP, 1 / (n - 1));
  let x = 0;
  const raw = campaign.story.map((line, i) => {
    if (!lanes.includes(line.site)) {
      lanes.push(line.site);
    }
    const wanted = ((times[i] ?? first) - first) / span;
    x = i === 0 ? 0 : Math.max(wanted, x + gap);
    return { incident: line.incident, number: numbers.get(line.incident) ?? 0, lane: lanes.indexOf(line.site), x, at_ms: times[i] ?? first };
  });
  const widest = Math.max(1, raw.at(-1)?.x ?? 1);
  return { lanes, stops: raw.map((stop) => ({ ...stop, x: n < 2 ? 0.5 : stop.x / widest })) };
}
