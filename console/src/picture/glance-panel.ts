// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';

import type { Health, Reading, Sensor, SensorKind, Site } from '../api/types';
import { countText, decimalText, quantityText } from '../format/number';
import { words } from '../format/words';
import { picture } from '../live';
import { healthShape } from '../map/legend';
import { isFault, worstHealth } from '../map/scene';
import { go } from '../router';
import { city } from '../state/session';
import { Watch } from '../state/signal';
import { base } from '../style/base';
import { sensorGlyph } from '../style/glyphs';
import { type Crowd, crowdsOf } from './crowd';
import { panelStyles } from './panel-styles';

const CROWDS_SHOWN = 8;

/** The city at a glance, while nothing is selected: its crowds, its air, its sensors. */
@customElement('polias-glance')
export class GlancePanel extends LitElement {
  constructor() {
    super();
    new Watch(this, picture.readings, picture.health, city);
  }

  override render(): TemplateResult {
    const sites = city.value?.sites ?? [];
    const readings = picture.readings.value;
    const crowds = sites.flatMap((site) => crowdsOf(site, readings));
    const people = crowds.reduce((sum, crowd) => sum + crowd.people, 0);
    const expected = sites.reduce((sum, site) => sum + site.expectedPeople, 0);
    return html`
      <div class="head">
        <p class="heading">At a glance</p>
        <h2>${city.value?.name ?? ''}</h2>
        <p class="quiet">${sites.map((site) => site.name).join(', ')}</p>
      </div>
      <dl class="facts">
        <div>
          <dt>People counted</dt>
          <dd>${countText(people)}<span>of ${countText(expected)} when busy</span></dd>
        </div>
        ${weather(sites, readings)}
      </dl>
      ${crowds.length === 0 ? nothing : crowdList([...crowds].sort(byUrgency))} ${sensorList(sites, picture.health.value)}
      <div class="section hint">
        <p>Select an incident or a sensor to see more of it. Press <kbd>?</kbd> for all keys.</p>
      </div>
    `;
  }

  static override styles = [
    base,
    panelStyles,
    css`
      .head .heading {
        margin-bottom: 4px;
      }
      .crowd {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 52px 66px;
        gap: 2px 10px;
        align-items: baseline;
        padding: 3px 0;
      }
      .crowd > :nth-child(n + 2) {
        text-align: right;
      }
      .meter {
        grid-column: 1 / -1;
        position: relative;
        height: 3px;
        border-radius: 2px;
        background: var(--hover);
        overflow: hidden;
      }
      .meter i {
        position: absolute;
        inset: 0 auto 0 0;
        border-radius: 2px;
        background: var(--text-faint);
      }
      .crowd.over {
        color: var(--high);
        font-weight: 600;
      }
      .crowd.over .meter i {
        background: var(--high);
      }
      .kind {
        display: grid;
        grid-template-columns: 20px minmax(0, 1fr) auto 34px;
        gap: 9px;
        align-items: center;
        padding: 3px 0;
        color: var(--text-quiet);
      }
      .kind b {
        color: var(--text);
        font-weight: 600;
        text-align: right;
      }
      .faults {
        display: inline-flex;
        gap: 10px;
        color: var(--fault);
        font-weight: 600;
      }
      .faults span {
        display: inline-flex;
        align-items: center;
        gap: 4px;
      }
      .all {
        width: 100%;
        margin-top: 8px;
      }
      .hint {
        border: 0;
        color: var(--text-faint);
        font-size: 12px;
      }
    `,
  ];
}

function isOver({ fullness }: Pick<Crowd, 'fullness'>): boolean {
  return (fullness ?? 0) > 1;
}

/** Those above their limit first, then those that have one, else in the city's order. */
function byUrgency(a: Crowd, b: Crowd): number {
  const urgency = (crowd: Crowd): number => (isOver(crowd) ? 2 : crowd.fullness === null ? 0 : 1);
  return urgency(b) - urgency(a);
}

function crowdList(crowds: readonly Crowd[]): TemplateResult {
  // A fixed order on the screen, so that nothing moves: by name. If there are too many, those above their limit stay.
  const shown = crowds
    .slice(0, Math.max(CROWDS_SHOWN, crowds.filter(isOver).length))
    .sort((a, b) => a.zone.properties.name.localeCompare(b.zone.properties.name));
  return html`<div class="section">
    <h3 class="heading">Crowds</h3>
    ${shown.map(({ zone, people, density_per_m2, fullness }) => {
      const over = isOver({ fullness });
      return html`<div class="crowd ${over ? 'over' : ''}">
        <span class="ellipsis">${zone.properties.name}</span>
        <span>${countText(people)}</span>
        <span class=${over ? '' : 'faint'}>${decimalText(density_per_m2, 2)} /m²</span>
        <span class="meter"><i .style=${`width:${Math.min(100, (fullness ?? 0) * 100)}%`}></i></span>
      </div>`;
    })}
  </div>`;
}

function weather(sites: readonly Site[], readings: ReadonlyMap<string, Reading>): TemplateResult[] {
  const wanted: readonly (readonly [string, string])[] = [
    ['air-temperature', 'Air'],
    ['wind-speed', 'Wind'],
    ['sound-level', 'Loudest'],
  ];
  return wanted.map(([property, label]) => {
    const found = sites
      .flatMap((site) => site.sensors)
      .flatMap((sensor) => sensor.datastreams.filter((datastream) => datastream.property === property).map((datastream) => ({ sensor, datastream })))
      .flatMap(({ sensor, datastream }) => {
        const value = readings.get(datastream.id)?.[1];
        return typeof value === 'number' ? [{ sensor, datastream, value }] : [];
      })
      .sort((a, b) => (property === 'sound-level' ? b.value - a.value : 0))[0];
    return html`<div>
      <dt>${label}</dt>
      ${found === undefined
        ? html`<dd>–<span>no sensor reports it</span></dd>`
        : html`<dd>${quantityText(found.value, found.datastream.unit)}<span class="ellipsis">${found.sensor.name}</span></dd>`}
    </div>`;
  });
}

function sensorList(sites: readonly Site[], health: ReadonlyMap<string, { readonly health: Health }>): TemplateResult {
  const kinds = new Map<SensorKind, Sensor[]>();
  for (const sensor of sites.flatMap((site) => site.sensors)) {
    kinds.set(sensor.kind, [...(kinds.get(sensor.kind) ?? []), sensor]);
  }
  const worst = (sensor: Sensor): Health =>
    worstHealth(sensor.datastreams.map(({ id }) => health.get(id)?.health ?? 'OK'));
  return html`<div class="section">
    <h3 class="heading">Sensors</h3>
    ${[...kinds].map(([kind, sensors]) => {
      const faults = sensors.map(worst).filter(isFault);
      const counts = [...new Set(faults)].map((fault) => [fault, faults.filter((other) => other === fault).length] as const);
      return html`<div class="kind">
        ${sensorGlyph(kind, 17)} <span>${words(kind)}</span>
        <span class="faults"
          >${counts.map(([fault, n]) => html`<span title=${words(fault)}>${healthShape(fault, 13)} ${n}</span>`)}</span
        >
        <b>${sensors.length}</b>
      </div>`;
    })}
    <button class="all" @click=${() => go({ page: 'sensors' })}>All sensors</button>
  </div>`;
}
