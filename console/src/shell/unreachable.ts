// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import type { Problem } from '../api/problem';
import { base } from '../style/base';

/** Shown while the platform does not answer at all. */
@customElement('polias-unreachable')
export class Unreachable extends LitElement {
  @property({ attribute: false }) problem!: Problem;

  override render(): TemplateResult {
    return html`<div role="alert">
      <span class="spinner"></span>
      <h1>Polias does not answer</h1>
      <p>${this.problem.status === 0 ? 'The connection to the platform fails.' : this.problem.message}</p>
      <p class="faint">Trying again by itself.</p>
    </div>`;
  }

  static override styles = [
    base,
    css`
      :host {
        display: grid;
        place-items: center;
        height: 100%;
      }
      div {
        display: grid;
        justify-items: center;
        gap: 6px;
        text-align: center;
      }
      h1 {
        margin-top: 14px;
        font-size: 20px;
        font-weight: 600;
      }
      p {
        color: var(--text-quiet);
      }
    `,
  ];
}
