// SPDX-License-Identifier: Apache-2.0
import { api } from '../api/client';
import type { LiveMessage } from '../api/types';
import { clock } from '../state/clock';
import { Signal } from '../state/signal';
import { backoff_ms } from './backoff';
import { readMessage } from './message';

export type ConnectionState =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  /** {@code attempt} from 1; {@code next} is when the next one is made, in this machine's time. */
  | { readonly state: 'waiting'; readonly attempt: number; readonly next: number };

/** The platform says something every 2 s; silence for longer than this means a dead link that TCP has not noticed. */
const DEAD_AFTER_MS = 9_000;

/** The live connection: connects, notices when it is dead, and connects again until it is stopped. */
export class Connection {
  readonly state = new Signal<ConnectionState>({ state: 'connecting' });
  /** When the platform was last heard, in this machine's time; null before. */
  lastHeard: number | null = null;

  #socket: WebSocket | null = null;
  #attempt = 0;
  #retry = 0;
  #watchdog = 0;
  #stopped = true;
  readonly #onMessage: (message: LiveMessage) => void;

  constructor(onMessage: (message: LiveMessage) => void) {
    this.#onMessage = onMessage;
  }

  start(): void {
    if (this.#stopped) {
      this.#stopped = false;
      this.#attempt = 0;
      this.#connect();
      this.#watchdog = window.setInterval(() => this.#watch(), 1000);
      window.addEventListener('online', this.#now);
    }
  }

  stop(): void {
    this.#stopped = true;
    window.clearTimeout(this.#retry);
    window.clearInterval(this.#watchdog);
    window.removeEventListener('online', this.#now);
    this.#drop();
    this.lastHeard = null;
    this.state.value = { state: 'connecting' };
  }

  /** Connects without waiting any longer. */
  readonly #now = (): void => {
    if (this.state.value.state === 'waiting') {
      window.clearTimeout(this.#retry);
      this.#connect();
    }
  };

  #connect(): void {
    const url = new URL('/api/live', window.location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    this.#socket = socket;
    const opened = performance.now();
    socket.onmessage = (event: MessageEvent<string>) => {
      this.lastHeard = Date.now();
      const message = readMessage(event.data);
      if (message === null) {
        return;
      }
      if (message.type === 'state' || message.type === 'stats') {
        clock.correct(message.now);
      }
      this.#onMessage(message);
      if (message.type === 'state') {
        this.#attempt = 0;
        this.state.value = { state: 'live' };
      }
    };
    socket.onclose = () => this.#lost();
    // A connection attempt that neither opens nor fails is given up by the watchdog.
    this.#deadline = opened + DEAD_AFTER_MS;
  }

  #deadline = 0;

  #watch(): void {
    const socket = this.#socket;
    if (socket === null) {
      return;
    }
    const live = this.state.value.state === 'live';
    const dead = live
      ? this.lastHeard !== null && Date.now() - this.lastHeard > DEAD_AFTER_MS
      : performance.now() > this.#deadline;
    if (dead) {
      this.#drop();
      this.#lost();
    }
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (socket !== null) {
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    }
  }

  #lost(): void {
    this.#socket = null;
    if (this.#stopped) {
      return;
    }
    this.#attempt += 1;
    const wait_ms = backoff_ms(this.#attempt, Math.random());
    this.state.value = { state: 'waiting', attempt: this.#attempt, next: Date.now() + wait_ms };
    this.#retry = window.setTimeout(() => this.#connect(), wait_ms);
    if (this.#attempt % 3 === 1) {
      // A refused handshake does not say why; if the session is over, this request does, and the sign-in page appears.
      api.session().catch(() => undefined);
    }
  }
}
