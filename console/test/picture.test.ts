// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';

import type { LiveMessage, Stats } from '../src/api/types';
import { backoff_ms } from '../src/live/backoff';
import { readMessage } from '../src/live/message';
import type { CampaignSummary } from '../src/api/types';
import { Picture, mergeCampaign, mergeIncident } from '../src/live/picture';
import { incident } from './incidents';

const STATS: Stats = {
  now: '2026-11-21T10:00:00Z',
  accepted_per_s: 61,
  accepted: 10,
  rejected: 0,
  duplicates: 0,
  quarantined: 0,
  silent: 0,
  devices: 1,
};

function state(special: Partial<Extract<LiveMessage, { type: 'state' }>> = {}): LiveMessage {
  return { type: 'state', now: STATS.now, exercise: null, incidents: [], campaigns: [], readings: {}, health: {}, stats: STATS, ...special };
}

describe('the live picture', () => {
  it('takes a newer incident and leaves an older one that comes late', () => {
    const known = mergeIncident(new Map(), incident({ sequence: 5, title: 'five' }));
    expect(mergeIncident(known, incident({ sequence: 4, title: 'four' }))).toBe(known);
    expect(mergeIncident(known, incident({ sequence: 5, title: 'again' }))).toBe(known);
    expect(mergeIncident(known, incident({ sequence: 6, title: 'six' })).get('I-1')?.title).toBe('six');
  });

  it('forgets what a full state does not name', () => {
    const picture = new Picture();
    picture.apply(state({ incidents: [incident({ id: 'a' }), incident({ id: 'b' })] }));
    picture.apply(state({ incidents: [incident({ id: 'b' })] }));
    expect([...picture.incidents.value.keys()]).toEqual(['b']);
    expect(picture.complete.value).toBe(true);
  });

  it('trusts a full state even where its numbers went back, as after a restored backup', () => {
    const picture = new Picture();
    picture.apply(state({ incidents: [incident({ sequence: 9 })] }));
    picture.apply(state({ incidents: [incident({ sequence: 3 })] }));
    expect(picture.incidents.value.get('I-1')?.sequence).toBe(3);
  });

  it('takes a newer campaign, leaves an older one that comes late, and forgets an ended one', () => {
    const campaign = (revision: number, status: CampaignSummary['status'] = 'OPEN'): CampaignSummary => ({
      id: 'C-1',
      revision,
      status,
      simulated: true,
      exercise: null,
      openedAt: STATS.now,
      changedAt: STATS.now,
      startedAt: STATS.now,
      title: `revision ${revision}`,
      probability: 0.9,
      level: 'LOW',
      mergedInto: null,
      members: [],
    });
    const known = mergeCampaign(new Map(), campaign(2));
    expect(mergeCampaign(known, campaign(1))).toBe(known);
    expect(mergeCampaign(known, campaign(3)).get('C-1')?.title).toBe('revision 3');
    expect(mergeCampaign(known, campaign(3, 'ENDED')).size).toBe(0);
    const picture = new Picture();
    picture.apply(state({ campaigns: [campaign(1)] }));
    picture.apply({ type: 'campaign', campaign: campaign(2) });
    expect(picture.campaigns.value.get('C-1')?.revision).toBe(2);
  });

  it('keeps the later of two readings whichever comes last', () => {
    const picture = new Picture();
    picture.apply(state());
    picture.apply({ type: 'readings', readings: { mic: ['2026-11-21T10:00:02Z', 50] } });
    picture.apply({ type: 'readings', readings: { mic: ['2026-11-21T10:00:01Z', 40], cam: ['2026-11-21T10:00:01Z', 7] } });
    expect(picture.readings.value.get('mic')?.[1]).toBe(50);
    expect(picture.heard.value).toEqual(['cam']);
  });

  it('takes health, exercise and stats as they come', () => {
    const picture = new Picture();
    picture.apply(state());
    picture.apply({ type: 'health', datastream: 'mic', health: 'SILENT', since: STATS.now, detail: 'gone' });
    picture.apply({ type: 'exercise', exercise: { id: 'e', title: 'E', since: STATS.now } });
    picture.apply({ type: 'stats', ...STATS, accepted: 11 });
    expect(picture.health.value.get('mic')).toEqual({ health: 'SILENT', since: STATS.now, detail: 'gone' });
    expect(picture.exercise.value?.id).toBe('e');
    expect(picture.stats.value).toEqual({ ...STATS, accepted: 11 });
  });

  it('skips messages of a type that it does not know, and throws at what is no message', () => {
    expect(readMessage('{"type":"weather"}')).toBeNull();
    expect(readMessage('{"type":"exercise","exercise":null}')).toEqual({ type: 'exercise', exercise: null });
    expect(() => readMessage('[]')).toThrow('no message');
  });
});

describe('connecting again', () => {
  it('waits twice as long each time, up to a limit, half of it by chance', () => {
    expect([1, 2, 3, 4].map((attempt) => backoff_ms(attempt, 0))).toEqual([250, 500, 1000, 2000]);
    expect([1, 2, 3, 4].map((attempt) => backoff_ms(attempt, 1))).toEqual([500, 1000, 2000, 4000]);
    expect(backoff_ms(60, 1)).toBe(15_000);
  });
});
