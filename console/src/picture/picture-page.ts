// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';

import { detail, watchDetail } from '../incident/detail';
import { bindKeys } from '../keys';
import { connection, picture } from '../live';
import '../queue/incident-queue';
import { go, route } from '../router';
import { directoryOf } from '../state/directory';
import { selection } from '../state/selection';
import { city } from '../state/session';
import { Watch } from '../state/signal';
import { base } from '../style/base';
import './glance-panel';

/** The city's picture: the queue at the left, the map or an incident in the middle, what is selected at the right. */
@customElement('polias-picture')
export class PicturePage extends LitElement {
  @state() private mapReady = false;
  @state() private panelsReady = false;
  #stops: (() => void)[] = [];

  constructor() {
    super();
    new Watch(this, route, selection, picture.incidents, city, connection.state, detail);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void import('../map/city-map').then(() => (this.mapReady = true));
    void import('./panels').then(() => (this.panelsReady = true));
    this.#stops = [
      bindKeys(['Escape'], () => {
        if (route.value.page === 'incident' || route.value.page === 'campaign') {
          go({ page: 'picture' });
          return true;
        }
        if (selection.value !== null) {
          selection.value = null;
          return true;
        }
        return false;
      }),
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops) {
      stop();
    }
    watchDetail(null);
  }

  override willUpdate(): void {
    const current = route.value;
    if (current.page === 'incident') {
      watchDetail(current.id);
      selection.value = { kind: 'incident', id: current.id };
    } else {
      watchDetail(selection.value?.kind === 'incident' ? selection.value.id : null);
    }
  }

  override render(): TemplateResult {
    const current = route.value;
    const incident = current.page === 'incident' ? current.id : null;
    const campaign = current.page === 'campaign' ? current.id : null;
    const inset = incident !== null || campaign !== null;
    const stale = picture.complete.value && connection.state.value.state !== 'live';
    return html`<div class="page ${campaign !== null ? 'incident campaign' : incident === null ? 'city' : 'incident'} ${stale ? 'stale' : ''}">
      <polias-queue></polias-queue>
      <main class="stage" ?hidden=${!inset}>
        ${incident !== null && this.panelsReady ? html`<polias-incident></polias-incident>` : ''}
        ${campaign !== null && this.panelsReady ? html`<polias-campaign .campaign=${campaign}></polias-campaign>` : ''}
      </main>
      <div class="map" data-testid="map" role="region" aria-label="Map">
        ${this.mapReady && city.value !== null
          ? html`<polias-map .city=${city.value} ?inset=${inset} .follow=${incident} .campaign=${campaign}></polias-map>`
          : html`<div class="map-space"></div>`}
      </div>
      <aside aria-label="What is selected">${this.panelsReady ? this.#side(incident) : html`<polias-glance></polias-glance>`}</aside>
    </div>`;
  }

  #side(incident: string | null): TemplateResult {
    if (incident !== null) {
      return html`<polias-incident-side></polias-incident-side>`;
    }
    const chosen = selection.value;
    if (chosen?.kind === 'incident') {
      const whole = detail.value?.id === chosen.id ? detail.value : null;
      const found = picture.incidents.value.get(chosen.id) ?? whole?.incident;
      if (found != null) {
        return html`<polias-incident-summary .incident=${found}></polias-incident-summary>`;
      }
    }
    if (chosen?.kind === 'sensor' && city.value !== null) {
      const found = directoryOf(city.value).findSensor(chosen.id);
      if (found !== undefined) {
        return html`<polias-sensor .sensor=${found.sensor}></polias-sensor>`;
      }
    }
    return html`<polias-glance></polias-glance>`;
  }

  static override styles = [
    base,
    css`
      :host {
        display: block;
        height: 100%;
        min-height: 0;
      }
      .page {
        position: relative;
        display: grid;
        grid-template-columns: var(--queue-width) minmax(0, 1fr) var(--side-width);
        height: 100%;
        min-height: 0;
      }
      .page.city {
        grid-template-areas: 'queue map side';
        grid-template-rows: minmax(0, 1fr);
      }
      .page.incident {
        grid-template-areas:
          'queue stage map'
          'queue stage side';
        grid-template-rows: clamp(150px, 24vh, 260px) minmax(0, 1fr);
      }
      .page.campaign {
        grid-template-rows: minmax(0, 1fr) clamp(150px, 38%, 420px);
      }
      polias-queue {
        grid-area: queue;
        border-right: 1px solid var(--line);
      }
      .stage {
        grid-area: stage;
        display: grid;
        min-height: 0;
        min-width: 0;
      }
      .map {
        grid-area: map;
        min-height: 0;
        min-width: 0;
      }
      .incident .map {
        border-left: 1px solid var(--line);
        border-bottom: 1px solid var(--line);
      }
      polias-map {
        height: 100%;
      }
      .map-space {
        height: 100%;
        background: #0f1315;
      }
      aside {
        grid-area: side;
        min-height: 0;
        border-left: 1px solid var(--line);
        background: var(--panel);
        overflow-y: auto;
        scrollbar-gutter: stable;
      }
      /* The connection is lost: what is shown may no longer be so. */
      .stale .map,
      .stale polias-queue,
      .stale aside {
        filter: saturate(0.6) brightness(0.82);
      }
      .stale::after {
        content: '';
        position: absolute;
        inset: 0;
        border: 2px dashed var(--warning);
        pointer-events: none;
      }
    `,
  ];
}
