// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import type { Datastream, Sensor } from '../api/types';
import { readingText } from '../format/reading';
import { ageText } from '../format/time';
import { words } from '../format/words';
import { picture } from '../live';
import { healthShape } from '../map/legend';
import { clock, second } from '../state/clock';
import { directoryOf } from '../state/directory';
import { selection } from '../state/selection';
import { city } from '../state/session';
import { Watch } from '../state/signal';
import { base } from '../style/base';
import { glyph, sensorGlyph } from '../style/glyphs';
import '../chart/history-chart';
import { panelStyles } from './panel-styles';

/** A sensor: what it is, how it does, and what it reported of late. */
@customElement('polias-sensor')
export class SensorPanel extends LitElement {
  @property({ attribute: false }) sensor!: Sensor;

  constructor() {
    super();
    new Watch(this, picture.readings, picture.health, second, city);
  }

  override render(): TemplateResult {
    const { sensor } = this;
    const here = city.value;
    const site = here === null ? undefined : directoryOf(here).findSensor(sensor.id)?.site;
    return html`<div class="head">
        <div class="over">
          ${sensorGlyph(sensor.kind, 18)} <span class="heading">${words(sensor.kind)}</span>
          <button class="plain close" aria-label="Close" @click=${() => (selection.value = null)}>${glyph('cross', 15)}</button>
        </div>
        <h2>${sensor.name}</h2>
        <p class="quiet">${site?.name ?? ''}${sensor.model === '' ? '' : `, ${sensor.model}`}</p>
        <p class="faint">
          <span class="mono">${sensor.id}</span> reports what lies within about ${Math.round(sensor.range_m)} m
        </p>
      </div>
      ${repeat(
        sensor.datastreams,
        ({ id }) => id,
        (datastream) => this.#stream(datastream),
      )}`;
  }

  #stream(datastream: Datastream): TemplateResult {
    const reading = picture.readings.value.get(datastream.id);
    const report = picture.health.value.get(datastream.id);
    const health = report?.health ?? 'UNHEARD';
    const good = health === 'OK' || health === 'UNHEARD';
    return html`<div class="section">
      <div class="row">
        <h3>${datastream.name}</h3>
        <span class="value">${readingText(reading?.[1], datastream)}</span>
      </div>
      <div class="row small">
        <span class=${good ? 'health' : 'health fault'}>${healthShape(health, 13)} ${words(health)}</span>
        <span class="faint">${reading === undefined ? 'never' : `${ageText(clock.now() - Date.parse(reading[0]))} ago`}</span>
      </div>
      <p class="detail">${good || report === undefined ? nothing : report.detail}</p>
      <polias-history .datastream=${datastream} minutes="15" height="118"></polias-history>
    </div>`;
  }

  static override styles = [
    base,
    panelStyles,
    css`
      .over {
        display: flex;
        align-items: center;
        gap: 8px;
        height: 22px;
        margin-bottom: 6px;
        color: var(--text-faint);
      }
      .close {
        min-height: 26px;
        margin: 0 -6px 0 auto;
        padding: 0 6px;
      }
      .row {
        display: flex;
        justify-content: space-between;
        align-items: baseline;
        gap: 12px;
      }
      h3 {
        font-size: 13px;
        font-weight: 600;
      }
      .value {
        font-size: 20px;
        font-weight: 600;
        line-height: 26px;
        white-space: nowrap;
      }
      .small {
        font-size: 12px;
      }
      .health {
        display: inline-flex;
        align-items: center;
        gap: 5px;
        color: var(--text-quiet);
      }
      .fault {
        color: var(--fault);
        font-weight: 600;
      }
      .detail {
        margin: 2px 0 8px;
        color: var(--text-quiet);
        font-size: 12px;
      }
    `,
  ];
}
