// SPDX-License-Identifier: Apache-2.0
import type { IncidentSummary, Level } from '../api/types';
import { rank } from '../queue/order';
import { Signal } from '../state/signal';

const STORED = 'polias.alarm-tone';

interface Tone {
  readonly pitches_hz: readonly number[];
  readonly note_s: number;
}

/** Levels below these make no sound: a tone for everything is soon a tone for nothing. */
const TONES: Readonly<Partial<Record<Level, Tone>>> = {
  CRITICAL: { pitches_hz: [880, 660, 880, 660, 880], note_s: 0.16 },
  HIGH: { pitches_hz: [660, 550], note_s: 0.2 },
};

/** The tone for new and worsened incidents. Off until the operator switches it on; this browser remembers. */
class Alarm {
  readonly on = new Signal(readStored());
  #context: AudioContext | null = null;

  constructor() {
    // A browser lets a page sound only after a person has touched it.
    const wake = (): void => {
      if (this.on.value) {
        this.#wake();
      }
    };
    window.addEventListener('pointerdown', wake);
    window.addEventListener('keydown', wake);
  }

  toggle(): void {
    this.on.value = !this.on.value;
    localStorage.setItem(STORED, this.on.value ? 'on' : 'off');
    if (this.on.value) {
      this.#wake();
      this.#play({ pitches_hz: [660], note_s: 0.12 });
    }
  }

  /** Sounds once for all of {@code incidents}, by the most critical. */
  sound(incidents: readonly IncidentSummary[]): void {
    if (!this.on.value) {
      return;
    }
    const [worst] = [...incidents].sort((a, b) => rank(b.level) - rank(a.level));
    const tone = worst === undefined ? undefined : TONES[worst.level];
    if (tone !== undefined) {
      this.#play(tone);
    }
  }

  #wake(): void {
    this.#context ??= new AudioContext();
    void this.#context.resume();
  }

  #play(tone: Tone): void {
    const context = this.#context;
    if (context === null) {
      return;
    }
    tone.pitches_hz.forEach((pitch, i) => {
      const start = context.currentTime + 0.02 + i * (tone.note_s + 0.05);
      const oscillator = new OscillatorNode(context, { type: 'triangle', frequency: pitch });
      const gain = new GainNode(context, { gain: 0 });
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(0.16, start + 0.012);
      gain.gain.setValueAtTime(0.16, start + tone.note_s - 0.03);
      gain.gain.linearRampToValueAtTime(0, start + tone.note_s);
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(start);
      oscillator.stop(start + tone.note_s + 0.01);
    });
  }
}

function readStored(): boolean {
  return localStorage.getItem(STORED) === 'on';
}

export const alarm = new Alarm();
