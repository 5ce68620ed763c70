// SPDX-License-Identifier: Apache-2.0
import type { LiveMessage } from '../api/types';

const TYPES: ReadonlySet<string> = new Set(['state', 'incident', 'campaign', 'readings', 'health', 'exercise', 'stats']);

/** The message in {@code text}; null if it is of a type that this console does not know yet. Throws where it is no message. */
export function readMessage(text: string): LiveMessage | null {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || typeof (parsed as { type?: unknown }).type !== 'string') {
    throw new Error(`The platform sent what is no message: ${text.slice(0, 200)}`);
  }
  return TYPES.has((parsed as { type: string }).type) ? (parsed as LiveMessage) : null;
}
