// SPDX-License-Identifier: Apache-2.0
import { Signal } from './signal';

/** The platform's time as well as this machine can know it: its own clock, corrected at each word from the platform. */
export class Clock {
  #offset_ms = 0;
  readonly #machine: () => number;

  constructor(machine: () => number = Date.now) {
    this.#machine = machine;
  }

  /** Milliseconds since 1970, UTC. */
  now(): number {
    return this.#machine() + this.#offset_ms;
  }

  /** The platform says that it is {@code instant} now. */
  correct(instant: string): void {
    const time = Date.parse(instant);
    if (Number.isFinite(time)) {
      this.#offset_ms = time - this.#machine();
    }
  }
}

export const clock = new Clock();

/** The platform's time, anew at each full second: what ages are reckoned against. */
export const second = new Signal<number>(clock.now());

export function startTicking(): () => void {
  let timer = 0;
  const tick = (): void => {
    second.value = clock.now();
    timer = window.setTimeout(tick, 1000 - (clock.now() % 1000) + 2);
  };
  tick();
  return () => window.clearTimeout(timer);
}
