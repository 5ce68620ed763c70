// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';

import type { Incident, IncidentSummary } from '../api/types';
import { distanceText, peopleText, percentText, probabilityWords } from '../format/number';
import { momentText, tickingAgeText } from '../format/time';
import { levelWords, reasonWords, statusWords, typeWords } from '../format/words';
import { picture } from '../live';
import { storyLink, storyLinkStyles } from '../campaign/campaign-card';
import { placeText } from '../queue/card';
import { go, route } from '../router';
import { clock, second } from '../state/clock';
import { directoryOf } from '../state/directory';
import { nameOf, people } from '../state/people';
import { city } from '../state/session';
import { Watch } from '../state/signal';
import { base } from '../style/base';
import { glyph, levelSign } from '../style/glyphs';
import { detail } from './detail';
import './incident-actions';
import './ledger-view';

/** One incident, whole: what it is, why it is believed, what can be done. */
@customElement('polias-incident')
export class IncidentPage extends LitElement {
  constructor() {
    super();
    new Watch(this, detail, picture.incidents, picture.campaigns, route, second, city, people);
  }

  override render(): TemplateResult {
    const id = route.value.page === 'incident' ? route.value.id : '';
    const whole = detail.value?.id === id ? detail.value.incident : null;
    const summary = picture.incidents.value.get(id);
    // The live summary may be newer than the whole: what stands in both is taken from the newer.
    const incident = whole !== null && (summary === undefined || whole.sequence >= summary.sequence) ? whole : (summary ?? whole);
    const problem = detail.value?.problem ?? null;
    if (incident == null) {
      return problem === null
        ? html`<div class="head">${back()}<div class="skeleton title-space"></div></div>`
        : html`<div class="head">${back()}</div>
            <div class="missing" role="alert">
              <b>${problem.status === 404 ? 'There is no such incident.' : problem.message}</b>
              <p>${problem.advice ?? 'It may have been cleared with its data.'}</p>
            </div>`;
    }
    return html`
      ${this.#head(incident)}
      <div class="scroll" tabindex="-1">
        ${problem === null ? nothing : html`<p class="stale" role="alert">This may be out of date: ${problem.message}</p>`}
        <section aria-labelledby="why">
          <h2 id="why" class="heading">Why</h2>
          ${whole === null
            ? html`<div class="skeleton line-space"></div>
                <div class="skeleton line-space"></div>
                <div class="skeleton line-space"></div>`
            : html`<polias-ledger .incident=${whole}></polias-ledger>`}
        </section>
        ${whole === null ? nothing : this.#criticality(whole)}
      </div>
    `;
  }

  #head(incident: IncidentSummary): TemplateResult {
    const here = city.value;
    const timeZone = here?.timeZone ?? 'UTC';
    const now = clock.now();
    return html`<div class="head ${incident.level.toLowerCase()}">
      <div class="headline">
        ${back()}
        <div class="sign">${levelSign(incident.level, 46)}</div>
        <div class="naming">
          <div class="over">
            <span class="level">${levelWords(incident.level)}</span>
            <span class="quiet">${typeWords(incident.type)}</span>
            ${incident.exercise === null ? nothing : html`<span class="tag exercise">Exercise</span>`}
            ${incident.simulated ? html`<span class="tag">Simulated</span>` : nothing}
            <span class="faint mono id">${incident.id}</span>
          </div>
          <h1 data-testid="incident-heading" title=${incident.title}>${incident.title === '' ? 'Being assessed' : incident.title}</h1>
          <p class="where ellipsis">
            ${glyph('pin', 13)} ${placeText(incident, here === null ? null : directoryOf(here))}
            ${incident.ellipse === null ? nothing : html`<span class="faint" title="With a probability of 95 %">within ${distanceText(incident.ellipse.major_m)}</span>`}
          </p>
          ${storyLink(incident.id)}
        </div>
        <dl>
          <div>
            <dt>Probability</dt>
            <dd>${percentText(incident.probability)}</dd>
            <dd class="sub">${probabilityWords(incident.probability)}</dd>
          </div>
          <div>
            <dt>Exposed</dt>
            <dd>${peopleText(incident.exposedPeople)}</dd>
            <dd class="sub">people</dd>
          </div>
          <div>
            <dt>Open for</dt>
            <dd>${tickingAgeText(now - Date.parse(incident.openedAt))}</dd>
            <dd class="sub">since ${momentText(Date.parse(incident.openedAt), now, timeZone)}</dd>
          </div>
          <div class="state">
            <dt>Status</dt>
            <dd data-testid="incident-status" data-status=${incident.status}>${statusWords(incident.status)}</dd>
            <dd class="sub ellipsis">${who(incident)}</dd>
          </div>
        </dl>
      </div>
      <polias-incident-actions .incident=${incident}></polias-incident-actions>
    </div>`;
  }

  #criticality(incident: Incident): TemplateResult | typeof nothing {
    const { criticality } = incident;
    if (criticality === null) {
      return nothing;
    }
    return html`<section aria-labelledby="matters">
      <h2 id="matters" class="heading">How much it matters</h2>
      <p class="cap" data-testid="incident-cap">
        ${capField('Severity', criticality.severity)} ${capField('Urgency', criticality.urgency)}
        ${capField('Certainty', criticality.certainty)}
        ${criticality.rules === '' ? nothing : html`<span class="faint">Rules <b class="mono">${criticality.rules}</b></span>`}
      </p>
      <ul class="reasons">
        ${criticality.reasons.map((reason) => html`<li>${reason}</li>`)}
      </ul>
    </section>`;
  }

  static override styles = [
    base,
    storyLinkStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        min-width: 0;
        background: var(--ground);
      }
      .head {
        flex: none;
        padding: 14px 20px 12px;
        border-bottom: 1px solid var(--line);
        background: var(--panel);
      }
      .back {
        width: 30px;
        min-height: 46px;
        padding: 0;
        color: var(--text-quiet);
      }
      .headline {
        display: grid;
        grid-template-columns: 30px 46px minmax(0, 1fr);
        gap: 4px 12px;
        margin: 0 0 12px -12px;
      }
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
      .over {
        display: flex;
        align-items: center;
        gap: 10px;
        height: 18px;
        font-size: 12px;
      }
      .level {
        color: var(--level);
        font-weight: 700;
        letter-spacing: 0.06em;
        text-transform: uppercase;
      }
      .id {
        margin-left: auto;
      }
      h1 {
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 3;
        overflow: hidden;
        font-size: 19px;
        font-weight: 600;
        line-height: 1.25;
        letter-spacing: -0.005em;
      }
      .story-link {
        margin-top: 6px;
      }
      .where {
        display: flex;
        align-items: center;
        gap: 5px;
        margin-top: 2px;
        color: var(--text-quiet);
      }
      dl {
        grid-column: 1 / -1;
        display: grid;
        grid-template-columns: 1.05fr 0.9fr 1.5fr 1.2fr;
        gap: 1px;
        margin: 10px 0 0 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--line);
        overflow: hidden;
      }
      dl > div {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        column-gap: 8px;
        align-items: baseline;
        min-width: 0;
        padding: 5px 12px 6px;
        background: var(--panel);
      }
      dt {
        grid-column: 1 / -1;
        color: var(--text-faint);
        font-size: 11px;
      }
      dd {
        font-size: 16px;
        font-weight: 600;
        line-height: 1.3;
        white-space: nowrap;
      }
      dd.sub {
        color: var(--text-quiet);
        font-size: 12px;
        font-weight: 400;
      }
      .scroll {
        flex: 1;
        min-height: 0;
        overflow-y: auto;
        padding: 16px 20px 28px;
        scrollbar-gutter: stable;
      }
      section + section {
        margin-top: 22px;
      }
      section > .heading {
        margin-bottom: 9px;
      }
      .cap {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 24px;
        margin: 0 0 8px;
      }
      .reasons {
        display: grid;
        gap: 4px;
      }
      .reasons li {
        position: relative;
        padding-left: 16px;
      }
      .reasons li::before {
        content: '';
        position: absolute;
        left: 3px;
        top: 8px;
        width: 4px;
        height: 4px;
        border-radius: 50%;
        background: var(--text-faint);
      }
      .title-space {
        height: 118px;
      }
      .line-space {
        height: 46px;
        margin-bottom: 6px;
      }
      .missing {
        padding: 96px 32px;
        color: var(--text-quiet);
        text-align: center;
      }
      .missing b {
        color: var(--text);
        font-size: 16px;
        font-weight: 600;
      }
      .stale {
        margin-bottom: 12px;
        color: var(--warning);
      }
      @media (min-width: 1600px) {
        .head {
          padding: 18px 28px 16px;
        }
        .headline {
          grid-template-columns: 30px 46px minmax(0, 1fr) auto;
          gap: 4px 16px;
          margin-left: -16px;
        }
        dl {
          grid-column: auto;
          grid-template-columns: repeat(4, minmax(112px, auto));
          margin: 0;
          align-self: center;
        }
        dl > div {
          grid-template-columns: auto;
          padding: 8px 14px 9px;
        }
        dd {
          font-size: 18px;
        }
        h1 {
          font-size: 23px;
        }
        .scroll {
          padding: 20px 28px 36px;
        }
      }
    `,
  ];
}

function back(): TemplateResult {
  return html`<button class="plain back" aria-label="Back to the city" title="Back to the city (Esc)" @click=${() => go({ page: 'picture' })}>
    ${glyph('back', 18)}
  </button>`;
}

/** A value of the Common Alerting Protocol: `LIKELY` reads Likely. */
function capField(name: string, value: string): TemplateResult {
  return html`<span class="quiet">${name} <b>${value.charAt(0) + value.slice(1).toLowerCase()}</b></span>`;
}

function who(incident: IncidentSummary): string {
  switch (incident.status) {
    case 'OPEN':
      return 'nobody has it';
    case 'ACKNOWLEDGED':
      return `by ${nameOf(incident.acknowledgedBy ?? '–')}`;
    case 'ASSIGNED':
      return `to ${nameOf(incident.assignee ?? '–')}`;
    case 'DISMISSED':
      return incident.dismissal === null ? '' : reasonWords(incident.dismissal);
    case 'MERGED':
      return `into ${incident.mergedInto ?? '–'}`;
    case 'RESOLVED':
      return incident.assignee === null ? '' : nameOf(incident.assignee);
  }
}
