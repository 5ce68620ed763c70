// SPDX-License-Identifier: Apache-2.0
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A value that tells its listeners when it is another. */
export class Signal<T> {
  #value: T;
  readonly #listeners = new Set<(value: T) => void>();

  constructor(initial: T) {
    this.#value = initial;
  }

  get value(): T {
    return this.#value;
  }

  set value(next: T) {
    if (!Object.is(next, this.#value)) {
      this.#value = next;
      for (const listener of [...this.#listeners]) {
        listener(next);
      }
    }
  }

  /** Calls {@code listener} at each change from now on, until the returned function is called. */
  subscribe(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Renders its host again whenever one of the signals changes. */
export class Watch implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #signals: readonly Signal<never>[];
  #stops: (() => void)[] = [];

  constructor(host: ReactiveControllerHost, ...signals: readonly Signal<never>[] | readonly Signal<any>[]) {
    this.#host = host;
    this.#signals = signals as readonly Signal<never>[];
    host.addController(this);
  }

  hostConnected(): void {
    this.#stops = this.#signals.map((signal) => signal.subscribe(() => this.#host.requestUpdate()));
  }

  hostDisconnected(): void {
    for (const stop of this.#stops) {
      stop();
    }
    this.#stops = [];
  }
}
