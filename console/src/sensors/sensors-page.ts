// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { HEALTHS, type Health } from '../api/types';
import { readingText } from '../format/reading';
import { ageText, momentText } from '../format/time';
import { plural, words } from '../format/words';
import { picture } from '../live';
import { healthShape } from '../map/legend';
import { go } from '../router';
import { clock, second } from '../state/clock';
import { directoryOf } from '../state/directory';
import { selection } from '../state/selection';
import { city } from '../state/session';
import { Watch } from '../state/signal';
import { base } from '../style/base';
import { sensorGlyph } from '../style/glyphs';
import { tableStyles } from '../style/table';
import { type SensorRow, matches, sensorRows } from './rows';

/** Every datastream of the city and how it does. */
@customElement('polias-sensors')
export class SensorsPage extends LitElement {
  @state() private wanted: Health | null = null;
  @state() private text = '';

  constructor() {
    super();
    new Watch(this, second, picture.readings, picture.health, city);
  }

  override render(): TemplateResult {
    const here = city.value;
    const rows = here === null ? [] : sensorRows(directoryOf(here).datastreams, picture.health.value, picture.readings.value);
    const shown = rows.filter((row) => (this.wanted === null || row.health === this.wanted) && matches(row, this.text));
    return html`
      <div class="page-head">
        <h1>Sensors</h1>
        <p class="about">${rows.length} ${plural(rows.length, 'datastream')}; those that are not well come first</p>
      </div>
      <div class="filters" role="group" aria-label="Health">
        <button aria-pressed=${this.wanted === null ? 'true' : 'false'} @click=${() => (this.wanted = null)}>
          All <span class="n">${rows.length}</span>
        </button>
        ${HEALTHS.map((health) => {
          const n = rows.filter((row) => row.health === health).length;
          return html`<button aria-pressed=${this.wanted === health ? 'true' : 'false'} @click=${() => (this.wanted = health)}>
            ${healthShape(health, 13)} ${words(health)} <span class="n">${n}</span>
          </button>`;
        })}
        <input
          type="search"
          placeholder="Name, kind or property"
          aria-label="Filter by name, kind or property"
          @input=${(event: InputEvent) => (this.text = (event.target as HTMLInputElement).value)}
        />
      </div>
      <div class="table" tabindex="0" aria-label="Sensors">
        <table>
          <colgroup>
            <col class="c-health" />
            <col class="c-name" />
            <col class="c-stream" />
            <col class="c-value" />
            <col class="c-age" />
            <col class="c-interval" />
            <col class="c-site" />
            <col class="c-detail" />
          </colgroup>
          <thead>
            <tr>
              <th>Health</th>
              <th>Sensor</th>
              <th>Datastream</th>
              <th class="number">Last value</th>
              <th class="number">Age</th>
              <th class="number">Every</th>
              <th>Site</th>
              <th>What is wrong</th>
            </tr>
          </thead>
          <tbody>
            ${repeat(
              shown,
              (row) => row.datastream.id,
              (row) => this.#row(row),
            )}
          </tbody>
        </table>
        ${shown.length === 0 && picture.complete.value
          ? html`<p class="none"><b>No such sensor</b>No datastream has this health and these words.</p>`
          : nothing}
      </div>
    `;
  }

  #row(row: SensorRow): TemplateResult {
    const bad = row.health !== 'OK' && row.health !== 'UNHEARD';
    return html`<tr data-testid="sensor-row" data-health=${row.health} @click=${() => this.#open(row)}>
      <td><span class="health ${bad ? 'fault' : ''}">${healthShape(row.health, 14)} ${words(row.health)}</span></td>
      <td>
        <button class="plain name">
          ${sensorGlyph(row.sensor.kind, 16)} <span class="ellipsis">${row.sensor.name}</span>
        </button>
      </td>
      <td title=${row.datastream.id}>${row.datastream.name}</td>
      <td class="number value">${readingText(row.reading?.[1], row.datastream)}</td>
      <td class="number ${bad ? '' : 'quiet'}">
        ${row.reading === undefined ? 'never' : ageText(clock.now() - Date.parse(row.reading[0]))}
      </td>
      <td class="number faint">${row.datastream.interval_s === null ? 'event' : `${row.datastream.interval_s} s`}</td>
      <td class="quiet">${row.site.name}</td>
      <td class="quiet" title=${row.report?.detail ?? ''}>${bad ? this.#fault(row) : ''}</td>
    </tr>`;
  }

  #fault(row: SensorRow): string {
    if (row.health === 'SILENT' && row.reading !== undefined) {
      return `Nothing since ${momentText(Date.parse(row.reading[0]), clock.now(), city.value?.timeZone ?? 'UTC')}`;
    }
    return row.report?.detail ?? '';
  }

  #open(row: SensorRow): void {
    selection.value = { kind: 'sensor', id: row.sensor.id };
    go({ page: 'picture' });
  }

  static override styles = [
    base,
    tableStyles,
    css`
      .c-health {
        width: 138px;
      }
      .c-name {
        width: 22%;
      }
      .c-stream {
        width: 18%;
      }
      .c-value {
        width: 130px;
      }
      .c-age {
        width: 82px;
      }
      .c-interval {
        width: 74px;
      }
      .c-site {
        width: 192px;
      }
      tr {
        cursor: pointer;
      }
      .health {
        display: flex;
        align-items: center;
        gap: 7px;
        color: var(--text-quiet);
      }
      .health.fault {
        color: var(--fault);
        font-weight: 600;
      }
      .name {
        max-width: 100%;
        min-height: 28px;
        margin-left: -8px;
        padding: 0 8px;
        justify-content: flex-start;
        font-weight: 600;
      }
      .name svg {
        flex: none;
        color: var(--text-faint);
      }
      .value {
        font-weight: 600;
      }
    `,
  ];
}
