// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';

import { endExercise } from '../exercise/end-exercise';
import { tickingAgeText } from '../format/time';
import { picture } from '../live';
import { clock, second } from '../state/clock';
import { city, hasRole, session } from '../state/session';
import { Watch } from '../state/signal';
import { base } from '../style/base';
import { glyph } from '../style/glyphs';

/** Across the top: that an exercise runs, or that the city is simulated. The row of a simulated city is always there. */
@customElement('polias-banner')
export class Banner extends LitElement {
  constructor() {
    super();
    new Watch(this, picture.exercise, city, second, session);
  }

  override render(): TemplateResult | typeof nothing {
    const exercise = picture.exercise.value;
    if (exercise !== null) {
      return html`<div class="strip exercise" role="status" data-testid="exercise-banner">
        <b>Exercise</b>
        <span class="ellipsis">${exercise.title}</span>
        <span class="age">running for ${tickingAgeText(clock.now() - Date.parse(exercise.since))}</span>
        <span class="note">Nothing that arises now is real</span>
        ${city.value?.simulated === true
          ? html`<b class="also" data-testid="simulated-badge">Simulated</b>`
          : nothing}
        ${hasRole('director')
          ? html`<button data-testid="exercise-stop" @click=${() => endExercise(exercise.id)}>${glyph('stop', 12)} End it</button>`
          : nothing}
      </div>`;
    }
    if (city.value?.simulated === true) {
      return html`<div class="strip simulated" data-testid="simulated-badge">
        <b>Simulated</b><span>Every sensor of this city is simulated</span>
      </div>`;
    }
    return nothing;
  }

  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      .strip {
        display: flex;
        align-items: center;
        justify-content: center;
        gap: 14px;
        height: 26px;
        padding: 0 16px;
        font-size: 12px;
        white-space: nowrap;
      }
      b {
        font-size: 11px;
        font-weight: 700;
        letter-spacing: 0.12em;
        text-transform: uppercase;
      }
      .simulated {
        border-bottom: 1px solid var(--line);
        background: repeating-linear-gradient(-45deg, #14181b 0 9px, #1a1f23 9px 18px);
        color: var(--text-quiet);
      }
      .exercise {
        background: repeating-linear-gradient(-45deg, #4b3d86 0 12px, #55459a 12px 24px);
        color: #fff;
      }
      .age {
        min-width: 112px;
      }
      .note {
        opacity: 0.88;
      }
      .also {
        padding: 1px 7px;
        border: 1px solid #ffffff80;
        border-radius: 4px;
        font-size: 10px;
      }
      button {
        min-height: 20px;
        padding: 0 9px;
        border-color: #ffffff80;
        background: #2c2354;
        color: #fff;
        font-size: 12px;
      }
      button:hover:not(:disabled) {
        background: #1d1740;
      }
    `,
  ];
}
