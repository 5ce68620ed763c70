// SPDX-License-Identifier: Apache-2.0
import { LitElement, type PropertyValues, type TemplateResult, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';

import { api } from '../api/client';
import { Problem } from '../api/problem';
import type { Datastream, Observation } from '../api/types';
import { resultText } from '../format/reading';
import { clockText } from '../format/time';
import { picture } from '../live';
import { clock } from '../state/clock';
import { city } from '../state/session';
import { base } from '../style/base';
import { EMPTY, type Series, extend, seriesOf } from './series';

const LIMIT = 1500;

/** A list of events is asked for anew no more often than this. */
const EVENTS_MS = 2_000;

/** What a datastream reported: a line of numbers, a list of events. Around a moment, or the last while and live. */
@customElement('polias-history')
export class HistoryChart extends LitElement {
  @property({ attribute: false }) datastream!: Datastream;
  /** Milliseconds since 1970; where left out, up to now and going on. */
  @property({ attribute: false }) from: number | null = null;
  @property({ attribute: false }) to: number | null = null;
  @property({ type: Number }) minutes = 15;
  @property({ attribute: false }) marks: readonly number[] = [];
  @property({ type: Number }) height = 120;

  @state() private observations: readonly Observation[] | null = null;
  @state() private series: Series = EMPTY;
  @state() private problem: Problem | null = null;
  #request = 0;
  #nextLoad = 0;
  #stop: () => void = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = picture.heard.subscribe((heard) => {
      const reading = picture.readings.value.get(this.datastream.id);
      if (this.to === null && this.observations !== null && reading !== undefined && heard.includes(this.datastream.id)) {
        this.series = extend(this.series, reading, this.minutes * 60);
        if (!this.#isLine() && performance.now() > this.#nextLoad) {
          void this.#load(false);
        }
      }
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('datastream') || changed.has('from') || changed.has('to') || changed.has('minutes')) {
      void this.#load(true);
    }
  }

  override render(): TemplateResult {
    const timeZone = city.value?.timeZone ?? 'UTC';
    if (this.problem !== null) {
      return html`<p class="note">${this.problem.message}</p>`;
    }
    if (this.observations === null) {
      return html`<div class="skeleton" .style=${`height:${this.height}px`}></div>`;
    }
    if (this.#isLine()) {
      return html`<polias-chart
        .series=${this.series}
        .marks=${this.marks}
        unit=${this.datastream.unit}
        timeZone=${timeZone}
        height=${this.height}
        label="${this.datastream.name} over time"
      ></polias-chart>`;
    }
    const { observations } = this;
    return html`<ol .style=${`height:${this.height}px`} tabindex="0" aria-label="Latest results of ${this.datastream.name}">
      ${observations.length === 0 ? html`<li class="none">Nothing was reported in this time.</li>` : nothing}
      ${observations.slice(0, 60).map((observation) => {
        const time = Date.parse(observation.time);
        const marked = this.marks.some((mark) => Math.abs(mark * 1000 - time) < 1);
        return html`<li class=${marked ? 'marked' : ''}>
          <span>${clockText(time, timeZone)}</span><b class="ellipsis">${resultText(observation.result, this.datastream)}</b>
        </li>`;
      })}
    </ol>`;
  }

  #isLine(): boolean {
    switch (this.datastream.resultKind) {
      case 'QUANTITY':
      case 'COUNT':
      case 'TRUTH':
        return true;
      case 'CATEGORY':
      case 'VECTOR':
      case 'EVENT':
      case 'TEXT':
        return false;
    }
  }

  async #load(fresh: boolean): Promise<void> {
    const request = ++this.#request;
    this.#nextLoad = performance.now() + EVENTS_MS;
    if (fresh) {
      this.observations = null;
      this.series = EMPTY;
    }
    this.problem = null;
    const to = new Date(this.to ?? clock.now() + 5_000);
    const from = new Date(this.from ?? to.getTime() - this.minutes * 60_000);
    if (this.#isLine()) {
      void import('./series-chart');
    }
    try {
      const observations = await api.observations(this.datastream.id, from, to, LIMIT);
      if (request === this.#request) {
        const interval_s = this.datastream.interval_s ?? 60;
        this.observations = observations;
        this.series = seriesOf(observations, Math.max(interval_s * 4, 20));
      }
    } catch (thrown) {
      if (request === this.#request) {
        this.problem = Problem.from(thrown);
      }
    }
  }

  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      .note {
        padding: 12px 0;
        color: var(--text-faint);
      }
      ol {
        overflow-y: auto;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        padding: 4px 0;
        font-size: 12px;
      }
      li {
        display: flex;
        gap: 12px;
        padding: 2px 10px;
        color: var(--text-quiet);
      }
      li b {
        color: var(--text);
        font-weight: 500;
      }
      li.marked {
        background: var(--high-ground);
      }
      li.none {
        padding: 12px 10px;
        color: var(--text-faint);
      }
    `,
  ];
}
