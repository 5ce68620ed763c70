// SPDX-License-Identifier: Apache-2.0
import { api } from '../api/client';
import type { Command, CommandName } from '../api/types';
import { picture } from '../live';
import { Signal } from '../state/signal';

export interface Pending {
  readonly incident: string;
  readonly command: CommandName;
}

/** The commands that were sent and whose effect is not seen yet. */
export const pending = new Signal<readonly Pending[]>([]);

/** The effect normally comes by the live connection before the answer does; where that is down, the wait ends after this. */
const LONGEST_WAIT_MS = 4_000;

/**
 * Sends {@code command} and waits until its effect is part of the picture. Nothing is shown as done before the platform says so.
 *
 * @throws Problem if it was refused
 */
export async function send(incident: string, command: Command): Promise<void> {
  const entry: Pending = { incident, command: command.command };
  pending.value = [...pending.value, entry];
  try {
    const { sequence } = await api.command(incident, command);
    await seen(incident, sequence);
  } finally {
    pending.value = pending.value.filter((other) => other !== entry);
  }
}

function seen(incident: string, sequence: number): Promise<void> {
  const isSeen = (): boolean => (picture.incidents.value.get(incident)?.sequence ?? 0) >= sequence;
  return new Promise((resolve) => {
    if (isSeen() || !picture.incidents.value.has(incident)) {
      resolve();
      return;
    }
    const done = (): void => {
      stop();
      window.clearTimeout(timer);
      resolve();
    };
    const stop = picture.incidents.subscribe(() => {
      if (isSeen()) {
        done();
      }
    });
    const timer = window.setTimeout(done, LONGEST_WAIT_MS);
  });
}
