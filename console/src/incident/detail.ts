// SPDX-License-Identifier: Apache-2.0
import { api } from '../api/client';
import { Problem } from '../api/problem';
import type { Incident } from '../api/types';
import { picture } from '../live';
import { Signal } from '../state/signal';

export interface Detail {
  readonly id: string;
  /** The whole of it, as fresh as it could be had; null until it first came. */
  readonly incident: Incident | null;
  readonly problem: Problem | null;
}

/** The incident that is looked at, whole; null while none is. */
export const detail = new Signal<Detail | null>(null);

let request = 0;
let stop: () => void = () => {};

/** Keeps {@link detail} at incident {@code id} and up to date with it; at nothing if null. */
export function watchDetail(id: string | null): void {
  if ((detail.value?.id ?? null) === id) {
    return;
  }
  stop();
  request++;
  if (id === null) {
    stop = () => {};
    detail.value = null;
    return;
  }
  detail.value = { id, incident: null, problem: null };
  let asked = picture.incidents.value.get(id)?.sequence ?? null;
  stop = picture.incidents.subscribe((incidents) => {
    const sequence = incidents.get(id)?.sequence ?? null;
    // One that is no longer in the picture was closed while the connection was lost.
    const failed = detail.value?.problem ?? null;
    if (sequence !== asked || (failed !== null && failed.status !== 404)) {
      asked = sequence;
      void load(id);
    }
  });
  void load(id);
}

async function load(id: string): Promise<void> {
  const mine = ++request;
  try {
    const incident = await api.incident(id);
    const current = detail.value;
    if (current?.id === id && (current.incident?.sequence ?? 0) <= incident.sequence) {
      detail.value = { id, incident, problem: null };
    }
  } catch (thrown) {
    if (mine === request && detail.value?.id === id) {
      detail.value = { ...detail.value, problem: Problem.from(thrown) };
    }
  }
}
