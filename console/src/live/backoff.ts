// SPDX-License-Identifier: Apache-2.0

const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/**
 * How long to wait before the {@code attempt}th attempt (from 1) to connect again. It doubles each time, and half of it is left
 * to chance ({@code random} in [0, 1)), so that many consoles do not come back to a restarted platform at one moment.
 */
export function backoff_ms(attempt: number, random: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempt - 1));
  return Math.round(whole / 2 + (whole / 2) * random);
}
