// SPDX-License-Identifier: Apache-2.0
import { LitElement, type PropertyValues, type TemplateResult, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import type { Evidence, Incident, IncidentType, LedgerKind, LedgerLine } from '../api/types';
import { percentText, signedText } from '../format/number';
import { clockText, momentText } from '../format/time';
import { ledgerWords, plural, typeWords } from '../format/words';
import { clock } from '../state/clock';
import { directoryOf } from '../state/directory';
import { city } from '../state/session';
import { balanceStyles } from '../style/balance';
import { base } from '../style/base';
import { glyph } from '../style/glyphs';
import { type WeighedLine, type Weighing, probabilityOfNothing, weigh } from './ledger';
import '../chart/history-chart';

/** How much of a datastream is shown before the first and after the last of a line's observations. */
const BEFORE_MS = 4 * 60_000;
const AFTER_MS = 90_000;

const KIND_NOTES: Readonly<Record<LedgerKind, string>> = {
  PRIOR: 'prior',
  EVIDENCE: 'evidence',
  ABSENCE: 'absence',
  COMMON_CAUSE: 'shared cause',
  CONTEXT: 'context',
  OPERATOR: 'operator',
};

/** Why an incident is believed: everything that was weighed, and how it adds up. */
@customElement('polias-ledger')
export class LedgerView extends LitElement {
  @property({ attribute: false }) incident!: Incident;
  @state() private chosen: IncidentType | null = null;
  @state() private open: string | null = null;
  @state() private openStream: string | null = null;
  #incidentId = '';

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('incident') && this.incident.id !== this.#incidentId) {
      this.#incidentId = this.incident.id;
      this.chosen = null;
      this.open = null;
    }
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('open') && this.open !== null) {
      // Once its chart has its height.
      requestAnimationFrame(() => this.renderRoot.querySelector('.proof')?.scrollIntoView({ block: 'nearest' }));
    }
  }

  override render(): TemplateResult {
    const { incident } = this;
    const shown = this.chosen ?? incident.hypotheses[0]?.type ?? null;
    if (shown === null) {
      return html`<p class="none">This incident has not been assessed yet.</p>`;
    }
    const weighing = weigh(incident.ledger, shown);
    const hypothesis = incident.hypotheses.find(({ type }) => type === shown);
    return html`
      <div class="hypotheses" role="tablist" aria-label="Hypotheses">
        ${incident.hypotheses.map(
          ({ type, probability }) => html`<button
            role="tab"
            aria-selected=${type === shown ? 'true' : 'false'}
            data-testid="hypothesis-${type}"
            @click=${() => (this.chosen = type)}
          >
            <span class="share" .style=${`width:${Math.max(1, probability * 100)}%`}></span>
            <span class="ellipsis">${typeWords(type)}</span><b>${percentText(probability)}</b>
          </button>`,
        )}
        <div class="nothing" title="What is left for: nothing that matters is happening">
          <span class="share" .style=${`width:${Math.max(1, probabilityOfNothing(incident.hypotheses) * 100)}%`}></span>
          <span class="ellipsis">Nothing that matters</span><b>${percentText(probabilityOfNothing(incident.hypotheses))}</b>
        </div>
      </div>
      <div class="columns" aria-hidden="true">
        <span>Time</span><span>What was weighed for ${typeWords(shown).toLowerCase()}, in log-odds</span>
        <span class="axis"><span>against</span><span>for</span></span>
        <span class="right">Weight</span><span class="right">Sum</span>
      </div>
      <ol class="lines">
        ${repeat(
          weighing.lines,
          ({ line }) => line.key,
          (weighed) => this.#line(weighed, weighing),
        )}
      </ol>
      <div class="total" data-testid="ledger-total">
        <span></span>
        <span>
          Together <b>${signedText(weighing.sum)}</b>${hypothesis === undefined
            ? nothing
            : html`<span class="quiet">: among all hypotheses</span> <b class="p">${percentText(hypothesis.probability)}</b>`}
        </span>
        ${this.#bar(0, weighing.sum, weighing.reach, true)}
        <span></span>
        <b class="right">${signedText(weighing.sum)}</b>
      </div>
      ${incident.wouldTellMost === null
        ? nothing
        : html`<p class="next" data-testid="would-tell-most">${glyph('evidence', 16)} <span>${incident.wouldTellMost.sentence}</span></p>`}
    `;
  }

  #line(weighed: WeighedLine, weighing: Weighing): TemplateResult {
    const { line, weight, sum } = weighed;
    const open = this.open === line.key;
    const timeZone = city.value?.timeZone ?? 'UTC';
    const can = line.evidence.length > 0 || line.detections.length > 0;
    return html`<li class=${open ? 'open' : ''}>
      <button
        class="line ${line.kind.toLowerCase()} ${weight === 0 ? 'mute' : ''}"
        data-testid="ledger-line"
        data-kind=${line.kind}
        data-weight=${weight}
        aria-expanded=${can ? (open ? 'true' : 'false') : nothing}
        ?disabled=${!can}
        @click=${() => this.#toggle(line.key, line.evidence)}
      >
        <span class="time" title=${line.at}>${momentText(Date.parse(line.at), clock.now(), timeZone)}</span>
        <span class="sentence">
          <span class="words">${line.sentence === '' ? ledgerWords(line.kind) : line.sentence}</span>
          <span class="kind">
            <span>${lineNote(line)}</span>
            ${can ? html`<span class="caret">${glyph('down', 11)}</span>` : nothing}
          </span>
        </span>
        ${this.#bar(sum - weight, weight, weighing.reach, false)}
        <span class="right weight ${weight > 0 ? 'for' : weight < 0 ? 'against' : ''}">${signedText(weight)}</span>
        <span class="right sum">${signedText(sum)}</span>
      </button>
      ${open ? this.#evidence(line.evidence, line.detections) : nothing}
    </li>`;
  }

  /** A bar from the middle for the weight itself, and a tick where the sum then stands. */
  #bar(before: number, weight: number, reach: number, total: boolean): TemplateResult {
    const half = 50 / reach;
    const left = 50 + Math.min(0, weight) * half;
    const sum = 50 + (before + weight) * half;
    return html`<span class="axis" aria-hidden="true">
      <span
        class="bar ${weight >= 0 ? 'for' : 'against'} ${total ? 'whole' : ''}"
        .style=${`left:${left}%;width:${Math.abs(weight) * half}%`}
      ></span>
      ${total ? nothing : html`<span class="tick" .style=${`left:${sum}%`}></span>`}
    </span>`;
  }

  #evidence(evidence: readonly Evidence[], detections: readonly string[]): TemplateResult {
    const here = city.value;
    const directory = here === null ? null : directoryOf(here);
    const streams = [...new Set(evidence.map(({ datastream }) => datastream))];
    const stream = this.openStream !== null && streams.includes(this.openStream) ? this.openStream : streams[0];
    const found = stream === undefined ? undefined : directory?.findDatastream(stream);
    const times = evidence.filter(({ datastream }) => datastream === stream).map(({ phenomenonTime }) => Date.parse(phenomenonTime));
    return html`<div class="proof">
      ${streams.length < 2
        ? nothing
        : html`<div class="streams">
            ${streams.map(
              (id) => html`<button
                class="plain"
                aria-pressed=${id === stream ? 'true' : 'false'}
                @click=${() => (this.openStream = id)}
              >
                ${directory?.findDatastream(id)?.datastream.name ?? id}
              </button>`,
            )}
          </div>`}
      ${found === undefined
        ? html`<p class="faint">${stream === undefined ? '' : `Datastream ${stream} is no longer part of the city.`}</p>`
        : html`<p class="source">
              <b>${found.datastream.name}</b> of ${found.sensor.name}
              <span class="faint">${times.map((time) => clockText(time, here?.timeZone ?? 'UTC')).join(', ')}</span>
            </p>
            <polias-history
              .datastream=${found.datastream}
              .from=${Math.min(...times) - BEFORE_MS}
              .to=${Math.max(...times) + AFTER_MS}
              .marks=${times.map((time) => time / 1000)}
              height="132"
            ></polias-history>`}
      ${detections.length === 0
        ? nothing
        : html`<p class="ids faint mono ellipsis" title=${detections.join(' ')}>${detections.join('  ')}</p>`}
    </div>`;
  }

  #toggle(key: string, evidence: readonly Evidence[]): void {
    this.open = this.open === key ? null : key;
    this.openStream = evidence[0]?.datastream ?? null;
  }

  static override styles = [
    base,
    balanceStyles,
    css`
      :host {
        display: block;
        --row: 56px minmax(0, 1fr) clamp(128px, 25%, 320px) 46px 44px;
      }
      .none {
        padding: 40px;
        color: var(--text-faint);
        text-align: center;
      }
      .hypotheses {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(190px, 1fr));
        gap: 6px;
        margin-bottom: 14px;
      }
      .hypotheses > * {
        position: relative;
        display: flex;
        justify-content: space-between;
        align-items: center;
        gap: 8px;
        min-height: 34px;
        padding: 0 10px 3px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--panel);
        color: var(--text-quiet);
        font-size: 12px;
        overflow: hidden;
      }
      .hypotheses b {
        font-weight: 600;
      }
      .hypotheses [aria-selected='true'] {
        border-color: var(--accent);
        background: var(--accent-ground);
        color: var(--text);
      }
      .nothing {
        border-style: dashed !important;
      }
      .share {
        position: absolute;
        left: 0;
        bottom: 0;
        height: 3px;
        background: var(--text-faint);
      }
      [aria-selected='true'] .share {
        background: var(--accent);
      }
      .columns,
      .line,
      .total {
        display: grid;
        grid-template-columns: var(--row);
        gap: 12px;
        align-items: center;
        width: 100%;
      }
      .columns {
        padding: 0 10px 6px;
        border-bottom: 1px solid var(--line);
        color: var(--text-faint);
        font-size: 11px;
      }
      .columns .axis {
        display: flex;
        justify-content: space-between;
        min-height: 0;
      }
      .columns .axis::before {
        display: none;
      }
      .right {
        text-align: right;
      }
      li {
        border-bottom: 1px solid var(--line);
      }
      li.open {
        background: var(--panel);
      }
      .line {
        min-height: 46px;
        padding: 6px 10px;
        border: 0;
        border-radius: 0;
        background: transparent;
        text-align: left;
        white-space: normal;
      }
      .line:disabled {
        opacity: 1;
        color: inherit;
      }
      .line:focus-visible {
        outline-offset: -2px;
      }
      .time {
        color: var(--text-faint);
        font-size: 12px;
      }
      .sentence {
        display: grid;
        gap: 1px;
        min-width: 0;
      }
      .words {
        line-height: 1.35;
      }
      .kind {
        display: flex;
        align-items: center;
        gap: 4px;
        color: var(--text-faint);
        font-size: 11px;
      }
      .caret {
        display: inline-flex;
        transition: transform 0.15s;
      }
      .open .caret {
        transform: rotate(180deg);
      }
      .line.prior .words,
      .line.context .words,
      .line.common_cause .words,
      .line.mute .words {
        color: var(--text-quiet);
      }
      .axis {
        min-height: 20px;
      }
      .bar.whole {
        top: calc(50% - 5px);
        height: 10px;
      }
      .tick {
        position: absolute;
        top: calc(50% - 13px);
        width: 2px;
        height: 26px;
        margin-left: -1px;
        background: var(--text);
        opacity: 0.55;
      }
      .weight {
        font-weight: 600;
        color: var(--text-faint);
      }
      .weight.for {
        color: var(--for);
      }
      .weight.against {
        color: var(--against);
      }
      .sum {
        color: var(--text-quiet);
      }
      .next {
        display: flex;
        gap: 10px;
        align-items: flex-start;
        margin: 12px 0 0;
        padding: 10px 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--panel);
        color: var(--text-quiet);
      }
      .total {
        min-height: 44px;
        padding: 6px 10px;
        overflow: hidden;
      }
      .total .p {
        font-size: 15px;
      }
      .proof {
        padding: 2px 12px 14px 78px;
      }
      .streams {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        margin: 0 0 6px -8px;
      }
      .streams button {
        min-height: 26px;
        padding: 0 8px;
        color: var(--text-quiet);
        font-size: 12px;
      }
      .streams button[aria-pressed='true'] {
        background: var(--accent-ground);
        color: var(--text);
      }
      .source {
        margin-bottom: 6px;
        font-size: 12px;
        color: var(--text-quiet);
      }
      .source b {
        color: var(--text);
        font-weight: 600;
      }
      .ids {
        margin-top: 6px;
      }
    `,
  ];
}

function lineNote(line: LedgerLine): string {
  const parts = [KIND_NOTES[line.kind] ?? line.kind];
  if (line.count > 1) {
    parts.push(`${line.count} detections`);
  }
  if (line.evidence.length > 0) {
    parts.push(`${line.evidence.length} ${plural(line.evidence.length, 'observation')}`);
  }
  return parts.join(' · ');
}
