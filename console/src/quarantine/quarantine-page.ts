// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { api } from '../api/client';
import { Problem } from '../api/problem';
import type { Admissions, Quarantined, ReplayResult } from '../api/types';
import { countText } from '../format/number';
import { agoText, momentText } from '../format/time';
import { words } from '../format/words';
import { picture } from '../live';
import { complain, tell } from '../shell/toasts';
import { clock, second } from '../state/clock';
import { city } from '../state/session';
import { Watch } from '../state/signal';
import { base } from '../style/base';
import { glyph } from '../style/glyphs';
import { tableStyles } from '../style/table';
import { payloadText } from './payload';

/** So much of each payload the list holds. */
const LISTED_BYTES = 4096;

/** How soon after the number of quarantined payloads has changed the list is asked for anew. */
const SETTLE_MS = 800;

/** What was refused and why, kept until its cause is mended and it is taken in after all. */
@customElement('polias-quarantine')
export class QuarantinePage extends LitElement {
  @state() private items: readonly Quarantined[] | null = null;
  @state() private admissions: Admissions | null = null;
  @state() private reason: string | null = null;
  @state() private chosen: string | null = null;
  @state() private problem: Problem | null = null;
  @state() private replaying: ReadonlySet<string> = new Set();
  #request = 0;
  #stop: () => void = () => {};
  #timer = 0;

  constructor() {
    super();
    new Watch(this, second, city);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
    let known = picture.stats.value?.quarantined;
    this.#stop = picture.stats.subscribe((stats) => {
      if (stats?.quarantined !== known) {
        known = stats?.quarantined;
        window.clearTimeout(this.#timer);
        this.#timer = window.setTimeout(() => void this.#load(), SETTLE_MS);
      }
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
    window.clearTimeout(this.#timer);
  }

  override render(): TemplateResult {
    const rejected = Object.entries(this.admissions?.rejected ?? {}).filter(([, n]) => n > 0);
    const chosen = this.items?.find((item) => item.id === this.chosen) ?? this.items?.[0];
    const all = this.reason ?? '*';
    return html`
      <div class="page-head">
        <h1>Quarantine</h1>
        <p class="about">
          ${this.admissions === null
            ? nothing
            : html`Since the start ${countText(rejected.reduce((sum, [, n]) => sum + n, 0))} rejected,
              ${countText(this.admissions.accepted)} accepted, ${countText(this.admissions.unauthenticated)} without credentials`}
        </p>
        <div class="tools">
          <button
            data-testid="replay-all"
            ?disabled=${this.replaying.has(all) || (this.items?.length ?? 0) === 0}
            @click=${() => this.#replayAll()}
          >
            ${this.replaying.has(all) ? html`<span class="spinner"></span>` : glyph('reopen', 14)}
            ${this.reason === null ? 'Replay all' : `Replay all ${words(this.reason).toLowerCase()}`}
          </button>
        </div>
      </div>
      <div class="filters" role="group" aria-label="Reason">
        <button aria-pressed=${this.reason === null ? 'true' : 'false'} @click=${() => this.#filter(null)}>All reasons</button>
        ${rejected.map(
          ([reason, n]) => html`<button aria-pressed=${this.reason === reason ? 'true' : 'false'} @click=${() => this.#filter(reason)}>
            ${words(reason)} <span class="n">${countText(n)}</span>
          </button>`,
        )}
      </div>
      <div class="split">
        <div class="table" tabindex="0" aria-label="Quarantined payloads">
          ${this.problem === null
            ? nothing
            : html`<p class="none" role="alert"><b>${this.problem.message}</b>${this.problem.advice}</p>`}
          ${this.items?.length === 0
            ? html`<p class="none"><b>Nothing is in quarantine</b>${this.reason === null
                  ? 'Everything that was sent was in order.'
                  : 'Nothing was refused for this reason.'}</p>`
            : nothing}
          ${(this.items?.length ?? 0) === 0
            ? nothing
            : html`<table>
                <colgroup>
                  <col class="c-time" />
                  <col class="c-reason" />
                  <col class="c-device" />
                  <col />
                  <col class="c-state" />
                </colgroup>
                <thead>
                  <tr>
                    <th>Received</th>
                    <th>Reason</th>
                    <th>Device</th>
                    <th>Detail</th>
                    <th>State</th>
                  </tr>
                </thead>
                <tbody>
                  ${repeat(
                    this.items ?? [],
                    (item) => item.id,
                    (item) => this.#row(item, item.id === chosen?.id),
                  )}
                </tbody>
              </table>`}
        </div>
        <aside aria-label="Payload">${chosen === undefined ? nothing : this.#view(chosen)}</aside>
      </div>
    `;
  }

  #row(item: Quarantined, chosen: boolean): TemplateResult {
    const age = agoText(clock.now() - Date.parse(item.receivedAt));
    return html`<tr class=${chosen ? 'chosen' : ''} data-testid="quarantine-row" @click=${() => (this.chosen = item.id)}>
      <td class="quiet">${age}</td>
      <td><button class="plain reason" @click=${() => (this.chosen = item.id)}>${words(item.reason)}</button></td>
      <td class="mono">${item.device}</td>
      <td class="quiet" title=${item.detail}>${item.detail}</td>
      <td class="faint">${item.replayedAt === null ? 'Kept' : 'Replayed'}</td>
    </tr>`;
  }

  #view(item: Quarantined): TemplateResult {
    const timeZone = city.value?.timeZone ?? 'UTC';
    const now = clock.now();
    const busy = this.replaying.has(item.id);
    return html`
      <div class="view-head">
        <h2>${words(item.reason)}</h2>
        <button data-testid="replay" ?disabled=${busy} @click=${() => this.#replay(item)}>
          ${busy ? html`<span class="spinner"></span>` : glyph('reopen', 14)} Replay
        </button>
      </div>
      <p class="why">${item.detail}</p>
      <dl>
        <dt>Received</dt>
        <dd>${momentText(Date.parse(item.receivedAt), now, timeZone)}</dd>
        <dt>Device</dt>
        <dd class="mono">${item.device}</dd>
        <dt>Way in</dt>
        <dd>${item.way.toUpperCase()}</dd>
        <dt>Address</dt>
        <dd class="mono wrap">${item.address}</dd>
        <dt>Replayed</dt>
        <dd>${item.replayedAt === null ? 'not yet' : momentText(Date.parse(item.replayedAt), now, timeZone)}</dd>
      </dl>
      <h3 class="heading">Payload${item.truncated ? ', cut' : ''}</h3>
      ${item.payload_bytes > LISTED_BYTES
        ? html`<p class="faint">
            The first ${LISTED_BYTES / 1024} KiB of ${Math.round(item.payload_bytes / 1024)}; all of it:
            <code>./polias quarantine show ${item.id}</code>
          </p>`
        : nothing}
      <pre tabindex="0">${payloadText(item.payload)}</pre>
    `;
  }

  #filter(reason: string | null): void {
    this.reason = reason;
    this.items = null;
    this.chosen = null;
    void this.#load();
  }

  async #load(): Promise<void> {
    const request = ++this.#request;
    try {
      const [items, admissions] = await Promise.all([api.quarantine(this.reason), api.admissions()]);
      if (request === this.#request) {
        this.items = items;
        this.admissions = admissions;
        this.problem = null;
      }
    } catch (thrown) {
      if (request === this.#request) {
        this.problem = Problem.from(thrown);
      }
    }
  }

  #replay(item: Quarantined): Promise<void> {
    return this.#run(item.id, () => api.replay(item.id));
  }

  #replayAll(): Promise<void> {
    return this.#run(this.reason ?? '*', () => api.replayAll(this.reason));
  }

  async #run(key: string, replay: () => Promise<ReplayResult>): Promise<void> {
    this.replaying = new Set([...this.replaying, key]);
    try {
      const { accepted, duplicates, rejected, omitted } = await replay();
      tell(`${accepted} accepted, ${duplicates} known before, ${rejected.length + omitted} refused again`);
      await this.#load();
    } catch (thrown) {
      complain('Replaying', Problem.from(thrown));
    } finally {
      this.replaying = new Set([...this.replaying].filter((other) => other !== key));
    }
  }

  static override styles = [
    base,
    tableStyles,
    css`
      .split {
        flex: 1;
        min-height: 0;
        display: grid;
        grid-template-columns: minmax(0, 1fr) clamp(380px, 32vw, 620px);
      }
      .c-time {
        width: 116px;
      }
      .c-reason {
        width: 136px;
      }
      .c-device {
        width: 19%;
      }
      .c-state {
        width: 96px;
      }
      tr {
        cursor: pointer;
      }
      tr.chosen td {
        background: var(--accent-ground);
      }
      .reason {
        min-height: 26px;
        margin-left: -8px;
        padding: 0 8px;
        font-weight: 600;
      }
      aside {
        display: flex;
        flex-direction: column;
        min-height: 0;
        padding: 16px 20px;
        border-left: 1px solid var(--line);
        background: var(--panel);
      }
      .view-head {
        display: flex;
        align-items: center;
        justify-content: space-between;
      }
      h2 {
        font-size: 16px;
        font-weight: 600;
      }
      .why {
        margin: 6px 0 12px;
        overflow-wrap: anywhere;
      }
      dl {
        display: grid;
        grid-template-columns: 76px minmax(0, 1fr);
        gap: 3px 12px;
        margin-bottom: 16px;
      }
      dt {
        color: var(--text-faint);
      }
      .wrap {
        overflow-wrap: anywhere;
      }
      pre {
        flex: 1;
        min-height: 80px;
        margin: 6px 0 0;
        padding: 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--ground);
        font: 12px/1.5 var(--mono);
        overflow: auto;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
    `,
  ];
}
