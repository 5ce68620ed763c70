// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';

import { countText, decimalText } from '../format/number';
import { plural } from '../format/words';
import { picture } from '../live';
import { healthShape } from '../map/legend';
import { Watch } from '../state/signal';
import { base } from '../style/base';

/** At the bottom: how much comes in, how much is refused, who is silent. */
@customElement('polias-status')
export class StatusStrip extends LitElement {
  constructor() {
    super();
    new Watch(this, picture.stats);
  }

  override render(): TemplateResult {
    const stats = picture.stats.value;
    const rate = stats?.accepted_per_s ?? null;
    return html`<footer aria-label="Platform">
      <span class="item wide" data-testid="stats-accepted" data-accepted=${stats?.accepted ?? nothing}>
        <b>${rate === null ? '–' : decimalText(rate, rate < 1000 ? 1 : 0)}</b> accepted/s
      </span>
      <span class="item wide"><b>${stats === null ? '–' : countText(stats.accepted)}</b> accepted</span>
      <span class="item"><b>${stats === null ? '–' : countText(stats.duplicates)}</b> ${plural(stats?.duplicates ?? 0, 'duplicate')}</span>
      <a class="item" href="#/quarantine" data-testid="stats-rejected"
        ><b>${stats === null ? '–' : countText(stats.rejected)}</b> rejected, ${stats === null ? '–' : countText(stats.quarantined)} in
        quarantine</a
      >
      <a class="item end ${(stats?.silent ?? 0) > 0 ? 'fault' : ''}" href="#/sensors"
        >${(stats?.silent ?? 0) > 0 ? healthShape('SILENT', 13) : nothing}<b>${stats === null ? '–' : countText(stats.silent)}</b> silent</a
      >
      <span class="item"><b>${stats === null ? '–' : countText(stats.devices)}</b> ${plural(stats?.devices ?? 0, 'device')} connected</span>
    </footer>`;
  }

  static override styles = [
    base,
    css`
      :host {
        display: block;
        border-top: 1px solid var(--line);
        background: var(--panel);
      }
      footer {
        display: flex;
        align-items: center;
        gap: 24px;
        height: 27px;
        padding: 0 12px;
        color: var(--text-faint);
        font-size: 12px;
        white-space: nowrap;
        overflow: hidden;
      }
      .item {
        display: inline-flex;
        align-items: center;
        gap: 5px;
        color: inherit;
        text-decoration: none;
      }
      .wide {
        min-width: 118px;
      }
      .item:focus-visible {
        outline-offset: -2px;
      }
      a:hover {
        color: var(--text);
      }
      b {
        color: var(--text-quiet);
        font-weight: 600;
      }
      .end {
        margin-left: auto;
      }
      .fault,
      .fault b {
        color: var(--fault);
      }
    `,
  ];
}
