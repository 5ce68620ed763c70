// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html } from 'lit';
import { customElement } from 'lit/decorators.js';

import { ageText } from '../format/time';
import { connection, picture } from '../live';
import { second } from '../state/clock';
import { Watch } from '../state/signal';
import { base } from '../style/base';

/** Whether what is shown is live, and if not, how old it is. */
@customElement('polias-connection')
export class ConnectionBadge extends LitElement {
  constructor() {
    super();
    new Watch(this, connection.state, second, picture.complete);
  }

  override render(): TemplateResult {
    const { state } = connection.state.value;
    switch (state) {
      case 'live':
        return html`<div class="live" role="status" data-testid="connection" data-state="live"><i></i> Live</div>`;
      case 'connecting':
        return html`<div class="live" role="status" data-testid="connection" data-state="connecting">
          <span class="spinner"></span> Connecting
        </div>`;
      case 'waiting': {
        const age = connection.lastHeard === null ? null : Date.now() - connection.lastHeard;
        return html`<div class="lost" role="alert" data-testid="connection" data-state="reconnecting">
          <span class="spinner"></span> Reconnecting
          <b>${age === null ? 'no data yet' : html`data is ${ageText(age)} old`}</b>
        </div>`;
      }
    }
  }

  static override styles = [
    base,
    css`
      div {
        display: flex;
        align-items: center;
        gap: 8px;
        min-width: 62px;
        height: 30px;
        padding: 0 10px;
        color: var(--text-quiet);
        white-space: nowrap;
      }
      i {
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: var(--text-quiet);
      }
      .lost {
        border: 1px solid var(--warning);
        border-radius: var(--radius);
        background: var(--medium-ground);
        color: var(--warning);
      }
      b {
        font-weight: 600;
      }
    `,
  ];
}
