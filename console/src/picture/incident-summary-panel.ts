// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import type { Incident, IncidentSummary } from '../api/types';
import { peopleText, percentText, probabilityWords, signedText } from '../format/number';
import { momentText, tickingAgeText } from '../format/time';
import { levelWords, typeWords } from '../format/words';
import { detail } from '../incident/detail';
import '../incident/incident-actions';
import { weigh } from '../incident/ledger';
import { storyLink, storyLinkStyles } from '../campaign/campaign-card';
import { picture } from '../live';
import { placeText, standing } from '../queue/card';
import { go } from '../router';
import { clock, second } from '../state/clock';
import { directoryOf } from '../state/directory';
import { city } from '../state/session';
import { Watch } from '../state/signal';
import { base } from '../style/base';
import { glyph, levelSign } from '../style/glyphs';
import { panelStyles } from './panel-styles';

const REASONS_SHOWN = 4;
const STEPS_SHOWN = 3;

/** The incident that is selected in the queue or on the map, in short. */
@customElement('polias-incident-summary')
export class IncidentSummaryPanel extends LitElement {
  @property({ attribute: false }) incident!: IncidentSummary;

  constructor() {
    super();
    new Watch(this, second, detail, city, picture.campaigns);
  }

  override render(): TemplateResult {
    const { incident } = this;
    const here = city.value;
    const now = clock.now();
    const whole = detail.value?.id === incident.id ? detail.value.incident : null;
    return html`
      <div class="head ${incident.level.toLowerCase()}">
        <div class="over">
          ${levelSign(incident.level, 20)} <span class="level">${levelWords(incident.level)}</span>
          <span class="quiet">${typeWords(incident.type)}</span>
          ${incident.exercise === null ? nothing : html`<span class="tag exercise">Exercise</span>`}
        </div>
        <h2>${incident.title === '' ? 'Being assessed' : incident.title}</h2>
        <p class="quiet">${placeText(incident, here === null ? null : directoryOf(here))}</p>
        ${storyLink(incident.id)}
        <button class="open" data-testid="incident-open" @click=${() => go({ page: 'incident', id: incident.id })}>
          Open the whole incident <kbd>Enter</kbd>
        </button>
      </div>
      <dl class="facts">
        <div>
          <dt>Probability</dt>
          <dd>${percentText(incident.probability)}<span>${probabilityWords(incident.probability)}</span></dd>
        </div>
        <div>
          <dt>Exposed</dt>
          <dd>${peopleText(incident.exposedPeople)}<span>people</span></dd>
        </div>
        <div>
          <dt>Open for</dt>
          <dd>
            ${tickingAgeText(now - Date.parse(incident.openedAt))}<span
              >since ${momentText(Date.parse(incident.openedAt), now, here?.timeZone ?? 'UTC')}</span
            >
          </dd>
        </div>
        <div>
          <dt>Status</dt>
          <dd class="text">${standing(incident)}</dd>
        </div>
      </dl>
      <div class="section">
        <polias-incident-actions narrow .incident=${incident}></polias-incident-actions>
      </div>
      <div class="section">
        <h3 class="heading">Why</h3>
        ${whole === null ? html`<div class="skeleton reason-space"></div>` : reasons(whole)}
      </div>
      ${whole === null || whole.advice.length === 0 ? nothing : advice(whole)}
    `;
  }

  static override styles = [
    base,
    panelStyles,
    storyLinkStyles,
    css`
      .critical {
        --level: var(--critical);
      }
      .high {
        --level: var(--high);
      }
      .medium {
        --level: var(--medium);
      }
      .low {
        --level: var(--low);
      }
      .negligible {
        --level: var(--negligible);
      }
      .head h2 {
        min-height: 44px;
      }
      .over {
        display: flex;
        align-items: center;
        gap: 8px;
        height: 22px;
        margin-bottom: 6px;
        font-size: 12px;
      }
      .level {
        color: var(--level);
        font-weight: 700;
        letter-spacing: 0.06em;
        text-transform: uppercase;
      }
      .tag {
        margin-left: auto;
      }
      .story-link {
        margin-top: 10px;
      }
      .open {
        width: 100%;
        margin-top: 12px;
      }
      .open kbd {
        margin-left: auto;
      }
      .reasons li {
        display: grid;
        grid-template-columns: 46px minmax(0, 1fr);
        gap: 10px;
        padding: 4px 0;
        line-height: 1.35;
      }
      .reasons b {
        text-align: right;
        font-weight: 600;
      }
      .for {
        color: var(--for);
      }
      .against {
        color: var(--against);
      }
      .reason-space {
        height: 130px;
      }
      .more {
        margin-top: 4px;
        padding-left: 56px;
        color: var(--text-faint);
        font-size: 12px;
      }
      .steps li {
        padding: 3px 0;
        line-height: 1.35;
      }
      .steps span {
        color: var(--text-faint);
      }
    `,
  ];
}

/** The lines that weigh most for the leading hypothesis. */
function reasons(incident: Incident): TemplateResult {
  const [leading] = incident.hypotheses;
  if (leading === undefined) {
    return html`<p class="faint">Not assessed yet.</p>`;
  }
  const { lines } = weigh(incident.ledger, leading.type);
  const telling = lines
    .filter(({ line, weight }) => line.kind !== 'PRIOR' && weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const more = telling.length - REASONS_SHOWN;
  return html`<ul class="reasons">
      ${telling.slice(0, REASONS_SHOWN).map(
        ({ line, weight }) => html`<li>
          <b class=${weight > 0 ? 'for' : 'against'}>${signedText(weight)}</b><span>${line.sentence}</span>
        </li>`,
      )}
    </ul>
    ${more > 0 ? html`<p class="more">and ${more} more</p>` : nothing}`;
}

function advice(incident: Incident): TemplateResult | typeof nothing {
  const [first] = incident.advice;
  if (first === undefined) {
    return nothing;
  }
  return html`<div class="section">
    <h3 class="heading">Advice: ${first.title}</h3>
    <ol class="steps">
      ${first.steps.slice(0, STEPS_SHOWN).map((step) => html`<li>${step.action} <span>${step.role}</span></li>`)}
    </ol>
    ${first.steps.length > STEPS_SHOWN
      ? html`<p class="faint">${glyph('open', 11)} ${first.steps.length - STEPS_SHOWN} more in the whole incident</p>`
      : nothing}
  </div>`;
}
