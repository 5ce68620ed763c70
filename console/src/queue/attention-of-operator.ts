// SPDX-License-Identifier: Apache-2.0
import type { IncidentSummary } from '../api/types';
import { picture } from '../live';
import { Attention } from './attention';

export const attention = new Attention();

/** Calls {@code alarm} with what became new or worse, from now on. */
export function watchForAlarms(alarm: (incidents: readonly IncidentSummary[]) => void): () => void {
  let before = picture.incidents.value;
  return picture.incidents.subscribe((now) => {
    const alarming = attention.notice(before, now);
    before = now;
    if (alarming.length > 0) {
      alarm(alarming);
    }
  });
}
