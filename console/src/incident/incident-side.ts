// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';

import type { Incident, TimelineEntry } from '../api/types';
import { agoText, momentText } from '../format/time';
import { words } from '../format/words';
import { route } from '../router';
import { clock, second } from '../state/clock';
import { directoryOf } from '../state/directory';
import { city } from '../state/session';
import { Watch } from '../state/signal';
import { base } from '../style/base';
import { detail } from './detail';

/** Beside an incident: what to do, which sensors say nothing, and what has happened to it so far. */
@customElement('polias-incident-side')
export class IncidentSide extends LitElement {
  constructor() {
    super();
    new Watch(this, detail, route, second, city);
  }

  override render(): TemplateResult {
    const id = route.value.page === 'incident' ? route.value.id : '';
    const incident = detail.value?.id === id ? detail.value.incident : null;
    if (incident === null) {
      return html`<div class="skeleton space"></div>`;
    }
    return html`${this.#advice(incident)} ${this.#silent(incident)} ${this.#timeline(incident)}`;
  }

  #advice(incident: Incident): TemplateResult {
    return html`<section aria-labelledby="advice">
      <h2 id="advice" class="heading">Advice</h2>
      ${incident.advice.length === 0
        ? html`<p class="none">No playbook applies. Advice appears here if the assessment calls for one.</p>`
        : incident.advice.map(
            (advice) => html`<h3>${advice.title}</h3>
              <ol class="steps">
                ${advice.steps.map(
                  (step, i) => html`<li>
                    <span class="n" aria-hidden="true">${i + 1}</span>
                    <span><span class="role">${step.role}</span>${step.action}</span>
                  </li>`,
                )}
              </ol>`,
          )}
    </section>`;
  }

  #silent(incident: Incident): TemplateResult {
    const here = city.value;
    const directory = here === null ? null : directoryOf(here);
    return html`<section aria-labelledby="silent">
      <h2 id="silent" class="heading">Silent sensors nearby</h2>
      ${incident.silentSensors.length === 0
        ? html`<p class="none">None: every sensor near it reports.</p>`
        : html`<ul class="silent">
            ${incident.silentSensors.map(
              (silent) => html`<li>
                <span class="ellipsis">${directory?.findSensor(silent.sensor)?.sensor.name ?? silent.sensor}</span>
                <span class="faint">${Math.round(silent.distance_m)} m</span>
                <span class="fault"
                  >${silent.lastHeard === null ? 'never heard' : agoText(clock.now() - Date.parse(silent.lastHeard))}</span
                >
              </li>`,
            )}
          </ul>
          <p class="none">Their silence is no sign of calm.</p>`}
    </section>`;
  }

  #timeline(incident: Incident): TemplateResult {
    const timeZone = city.value?.timeZone ?? 'UTC';
    return html`<section aria-labelledby="timeline">
      <h2 id="timeline" class="heading">Timeline</h2>
      <ol class="timeline">
        ${[...incident.timeline].reverse().map(
          (entry) => html`<li class=${isByPerson(entry) ? 'person' : ''} data-testid="timeline-entry" data-event=${entry.event}>
            <span class="when">${momentText(Date.parse(entry.at), clock.now(), timeZone)}</span>
            <span class="what">
              <b>${words(entry.event)}</b>${entry.by === null ? nothing : html`<span class="quiet"> by ${entry.by}</span>`}
              ${entry.text === '' ? nothing : html`<span class="text">${entry.text}</span>`}
            </span>
          </li>`,
        )}
      </ol>
    </section>`;
  }

  static override styles = [
    base,
    css`
      :host {
        display: block;
        padding: 14px 16px 24px;
      }
      section + section {
        margin-top: 22px;
        padding-top: 14px;
        border-top: 1px solid var(--line);
      }
      .heading {
        margin-bottom: 8px;
      }
      h3 {
        margin-bottom: 6px;
        font-size: 14px;
        font-weight: 600;
      }
      .steps + h3 {
        margin-top: 14px;
      }
      .steps {
        display: grid;
        gap: 1px;
      }
      .steps li {
        display: grid;
        grid-template-columns: 22px minmax(0, 1fr);
        gap: 8px;
        padding: 6px 0;
      }
      .n {
        display: grid;
        place-items: center;
        width: 20px;
        height: 20px;
        margin-top: 1px;
        border: 1px solid var(--line-strong);
        border-radius: 4px;
        color: var(--text-quiet);
        font-size: 11px;
        font-weight: 600;
      }
      .role::first-letter {
        text-transform: uppercase;
      }
      .role {
        display: block;
        color: var(--text-faint);
        font-size: 11.5px;
      }
      .none {
        color: var(--text-faint);
        font-size: 12.5px;
      }
      .silent {
        margin-bottom: 6px;
      }
      .silent li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 48px 84px;
        gap: 8px;
        padding: 3px 0;
      }
      .silent li > :not(:first-child) {
        text-align: right;
        white-space: nowrap;
      }
      .fault {
        color: var(--fault);
      }
      .timeline li {
        position: relative;
        display: grid;
        grid-template-columns: minmax(58px, auto) minmax(0, 1fr);
        gap: 12px;
        padding: 4px 0 8px;
      }
      .when {
        color: var(--text-faint);
        font-size: 12px;
        line-height: 18px;
      }
      .what {
        padding-left: 14px;
        border-left: 1px solid var(--line-strong);
      }
      .what::before {
        content: '';
        position: absolute;
        margin: 6px 0 0 -18px;
        width: 7px;
        height: 7px;
        border-radius: 50%;
        background: var(--line-strong);
      }
      .person .what::before {
        background: var(--text);
      }
      .what b {
        font-weight: 600;
      }
      .text {
        display: block;
        color: var(--text-quiet);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .space {
        height: 300px;
      }
    `,
  ];
}

function isByPerson(entry: TimelineEntry): boolean {
  return entry.by !== null && entry.by !== 'polias';
}
