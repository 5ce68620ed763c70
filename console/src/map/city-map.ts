// SPDX-License-Identifier: Apache-2.0
import { LitElement, type PropertyValues, type TemplateResult, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Map as GlMap } from 'maplibre-gl';

import type { City, LonLat, Site, ZoneKind } from '../api/types';
import { ageText } from '../format/time';
import { readingText } from '../format/reading';
import { words } from '../format/words';
import { bindKeys } from '../keys';
import { picture } from '../live';
import { crowdsOf } from '../picture/crowd';
import { isLive } from '../queue/order';
import { go } from '../router';
import { clock } from '../state/clock';
import { directoryOf } from '../state/directory';
import { type Selection, pointed, selection } from '../state/selection';
import { Watch } from '../state/signal';
import { base } from '../style/base';
import { glyph } from '../style/glyphs';
import { basemap, isAbove, zoneKey } from './basemap';
import { drawCampaigns, drawOrder, pathsOf } from './draw-campaigns';
import { drawIncidents, incidentAt, ovalOf } from './draw-incidents';
import { drawAssets, drawNames } from './draw-names';
import { drawSensors, layOut, plateRadius } from './draw-sensors';
import { area_m2, boundsOf, metresPerPixel, openPlace, placesOf } from './geometry';
import { legend, legendStyles } from './legend';
import { type Scene, type SensorMark, type View, worstHealth } from './scene';

/** Pulses are drawn this often; the rest only when something changes. */
const FRAME_MS = 33;

/** How much around an incident its inset shows at most, in metres. */
const MOST_AROUND_M = 500;

type Hover = { readonly kind: 'sensor' | 'incident'; readonly id: string; readonly x: number; readonly y: number } | null;

/** The city: its own shapes by MapLibre, and over them a canvas with everything that lives. */
@customElement('polias-map')
export class CityMap extends LitElement {
  @property({ attribute: false }) city: City | null = null;
  /** A small map beside an incident: no controls, shows where that incident is. */
  @property({ type: Boolean, reflect: true }) inset = false;
  /** The incident that the map follows, while it is an inset. */
  @property() follow: string | null = null;
  /** The campaign that the map shows, while it is an inset: its incidents, joined by a line. */
  @property() campaign: string | null = null;

  @state() private site: string | null = null;
  @state() private hover: Hover = null;
  @state() private failure: string | null = null;
  @query('.ground') private ground!: HTMLElement;
  @query('canvas.overlay') private overlay!: HTMLCanvasElement;

  #map: GlMap | null = null;
  #loaded = false;
  #marks = new Map<string, SensorMark>();
  #scene: Scene | null = null;
  #names: (Pick<Scene, 'sites' | 'zones' | 'assets'> & { readonly city: City }) | null = null;
  #placed = new Map<string, { x: number; y: number }>();
  #frame = 0;
  #lastDrawn = 0;
  #dirty = true;
  #resize: ResizeObserver | null = null;
  #stops: (() => void)[] = [];
  readonly #calm = window.matchMedia('(prefers-reduced-motion: reduce)');

  constructor() {
    super();
    new Watch(this, selection);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const again = (): void => this.#rebuild();
    this.#stops = [
      picture.incidents.subscribe(again),
      picture.campaigns.subscribe(() => {
        this.#rebuild();
        if (this.inset && this.campaign !== null) {
          this.#goToFollowed();
        }
      }),
      picture.health.subscribe(again),
      selection.subscribe((chosen) => {
        this.#rebuild();
        this.#reveal(chosen);
      }),
      pointed.subscribe(again),
      picture.heard.subscribe((heard) => this.#heard(heard)),
      bindKeys(['f'], () => (this.inset ? false : this.#fit(this.site, true))),
      bindKeys(['z'], () => (this.inset ? false : this.#nextSite())),
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
    for (const stop of this.#stops) {
      stop();
    }
    this.#resize?.disconnect();
    this.#map?.remove();
    this.#map = null;
    this.#loaded = false;
  }

  override firstUpdated(): void {
    void this.#start();
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('inset') || changed.has('follow') || changed.has('campaign')) {
      this.#rebuild();
      requestAnimationFrame(() => {
        this.#map?.resize();
        if (this.inset) {
          this.#goToFollowed();
        } else if (changed.get('inset') === true) {
          this.#fit(this.site, false);
        }
      });
    }
  }

  override render(): TemplateResult {
    const sites = this.city?.sites ?? [];
    return html`
      <div class="ground"></div>
      <canvas class="overlay" aria-hidden="true"></canvas>
      ${this.failure === null ? nothing : html`<p class="failure">${this.failure}</p>`}
      ${this.inset
        ? nothing
        : html`
            <div class="sites" role="group" aria-label="Sites">
              ${sites.length < 2
                ? nothing
                : html`<button
                    aria-pressed=${this.site === null ? 'true' : 'false'}
                    @click=${() => this.#fit(null, true)}
                  >
                    Whole city
                  </button>`}
              ${sites.map(
                (site) =>
                  html`<button
                    aria-pressed=${this.site === site.id ? 'true' : 'false'}
                    @click=${() => this.#fit(site.id, true)}
                  >
                    ${site.name}
                  </button>`,
              )}
            </div>
            <div class="zoom">
              <button title="Zoom in" aria-label="Zoom in" @click=${() => this.#map?.zoomIn()}>${glyph('plus')}</button>
              <button title="Zoom out" aria-label="Zoom out" @click=${() => this.#map?.zoomOut()}>${glyph('minus')}</button>
              <button title="Fit the site into view (F)" aria-label="Fit the site into view" @click=${() => this.#fit(this.site, true)}>
                ${glyph('fit')}
              </button>
            </div>
            ${legend()} ${this.#tip()}
          `}
    `;
  }

  #tip(): TemplateResult | typeof nothing {
    const { hover, city } = this;
    if (hover === null || city === null || hover.kind !== 'sensor') {
      return nothing;
    }
    const found = directoryOf(city).findSensor(hover.id);
    if (found === undefined) {
      return nothing;
    }
    const { sensor } = found;
    const bounds = this.getBoundingClientRect();
    const left = hover.x > bounds.width - 270;
    const above = hover.y > bounds.height - 150;
    return html`<div
      class="tip"
      .style=${`left:${hover.x}px;top:${hover.y}px;transform:translate(${left ? 'calc(-100% - 14px)' : '14px'},${above ? 'calc(-100% - 6px)' : '6px'})`}
    >
      <div class="tip-head"><b>${sensor.name}</b><span>${words(sensor.kind)}</span></div>
      ${sensor.datastreams.map((datastream) => {
        const reading = picture.readings.value.get(datastream.id);
        const health = picture.health.value.get(datastream.id)?.health ?? 'UNHEARD';
        return html`<div class="tip-line">
          <span class="ellipsis">${datastream.name}</span>
          <b>${readingText(reading?.[1], datastream)}</b>
          <span class="faint">${reading === undefined ? '' : ageText(clock.now() - Date.parse(reading[0]))}</span>
          ${health === 'OK' ? nothing : html`<span class="fault">${words(health)}</span>`}
        </div>`;
      })}
    </div>`;
  }

  async #start(): Promise<void> {
    const { maplibre } = await import('./maplibre');
    const { city } = this;
    if (city === null || !this.isConnected) {
      return;
    }
    this.site = city.sites.length === 1 ? (city.sites[0]?.id ?? null) : null;
    let map: GlMap;
    try {
      map = new maplibre.Map({
        container: this.ground,
        style: basemap(city),
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
        touchPitch: false,
        fadeDuration: 0,
        maxZoom: 21,
        minZoom: 9,
        renderWorldCopies: false,
      });
    } catch (thrown) {
      this.failure = `The map cannot be drawn: ${thrown instanceof Error ? thrown.message : String(thrown)}. Maybe WebGL is switched off in this browser.`;
      return;
    }
    this.#map = map;
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    this.#fit(this.site, false);
    map.on('move', () => this.#touch());
    map.on('resize', () => this.#touch());
    map.on('mousemove', (event) => this.#pointAt(event.point.x, event.point.y));
    map.on('mouseout', () => this.#unpoint());
    map.on('dragstart', () => this.#unpoint());
    map.on('click', (event) => this.#choose(event.point.x, event.point.y));
    map.on('dblclick', (event) => {
      const hit = this.#hit(event.point.x, event.point.y);
      if (hit?.kind === 'incident') {
        event.preventDefault();
        go({ page: 'incident', id: hit.id });
      }
    });
    map.on('load', () => {
      this.#loaded = true;
      this.#fillZones();
      if (this.inset) {
        this.#goToFollowed();
      }
    });
    map.getCanvas().setAttribute('aria-label', `Map of ${city.name}`);
    this.#resize = new ResizeObserver(() => {
      map.resize();
      this.#touch();
    });
    this.#resize.observe(this);
    this.#rebuild();
    this.#reveal(selection.value);
    this.#loop(performance.now());
  }

  #heard(heard: readonly string[]): void {
    if (this.city === null) {
      return;
    }
    const directory = directoryOf(this.city);
    const now = performance.now();
    for (const id of heard) {
      const sensor = directory.findDatastream(id)?.sensor.id;
      const mark = sensor === undefined ? undefined : this.#marks.get(sensor);
      if (mark !== undefined) {
        mark.heardAt = now;
      }
    }
    this.#fillZones();
    if (this.hover !== null) {
      this.requestUpdate();
    }
    this.#touch();
  }

  #fillZones(): void {
    const map = this.#map;
    if (map === null || !this.#loaded || this.city === null) {
      return;
    }
    for (const site of this.city.sites) {
      for (const { zone, fullness } of crowdsOf(site, picture.readings.value)) {
        const id = zoneKey(site.id, zone.properties.id);
        // A step of a twentieth is enough for the eye, and spares drawing the ground anew at each person.
        const rounded = Math.round((fullness ?? 0) * 20) / 20;
        if (map.getFeatureState({ source: 'zones', id })['fullness'] !== rounded) {
          map.setFeatureState({ source: 'zones', id }, { fullness: rounded });
        }
      }
    }
  }

  /** Gathers anew what the overlay shows. */
  #rebuild(): void {
    const { city } = this;
    if (city === null) {
      return;
    }
    const marks = new Map<string, SensorMark>();
    for (const site of city.sites) {
      for (const sensor of site.sensors) {
        const healths = sensor.datastreams.map(
          (datastream) => picture.health.value.get(datastream.id)?.health ?? 'UNHEARD',
        );
        marks.set(sensor.id, {
          sensor,
          position: sensor.position,
          health: healths.includes('OK') ? worstHealth(healths.filter((health) => health !== 'UNHEARD')) : worstHealth(healths),
          heardAt: this.#marks.get(sensor.id)?.heardAt ?? 0,
        });
      }
    }
    this.#marks = marks;
    const chosen: Selection = selection.value;
    const chosenIncident = this.follow ?? (chosen?.kind === 'incident' ? chosen.id : null);
    this.#scene = {
      ...this.#named(city),
      sensors: [...marks.values()],
      incidents: [...picture.incidents.value.values()].filter(
        (incident) => isLive(incident.status) || incident.id === chosenIncident,
      ),
      paths: pathsOf(this.campaign, chosenIncident),
      selectedIncident: chosenIncident,
      pointedIncident: pointed.value?.kind === 'incident' ? pointed.value.id : null,
      selectedSensor: chosen?.kind === 'sensor' ? chosen.id : null,
      hoveredSensor: this.hover?.kind === 'sensor' ? this.hover.id : null,
    };
    this.#touch();
  }

  /** The names of the city's sites, zones and assets and where they are written: worked out once. */
  #named(city: City): Pick<Scene, 'sites' | 'zones' | 'assets'> {
    if (this.#names?.city !== city) {
      const assets = city.sites
        .flatMap((site) => site.assets.features)
        .map((asset) => ({
          name: asset.properties.name,
          position: asset.geometry.coordinates as unknown as LonLat,
          weight: asset.properties.importance,
          width_m: 0,
        }))
        .sort((a, b) => b.weight - a.weight);
      this.#names = { city, sites: city.sites.flatMap(siteNames), zones: city.sites.flatMap(zoneNames), assets };
    }
    const { sites, zones, assets } = this.#names;
    return { sites: this.inset ? [] : sites, zones, assets };
  }

  /** Brings what is selected into view, if it is not. */
  #reveal(chosen: Selection): void {
    const view = this.#view();
    if (chosen === null || view === null || this.inset || this.city === null) {
      return;
    }
    const position =
      chosen.kind === 'incident'
        ? picture.incidents.value.get(chosen.id)?.position
        : directoryOf(this.city).findSensor(chosen.id)?.sensor.position;
    if (position == null) {
      return;
    }
    const { x, y } = view.project(position);
    const margin = 24;
    if (x < margin || y < margin || x > view.width - margin || y > view.height - margin) {
      this.#map?.easeTo({ center: [position[0], position[1]], duration: this.#calm.matches ? 0 : 400 });
    }
  }

  #touch(): void {
    this.#dirty = true;
  }

  readonly #loop = (now: number): void => {
    this.#frame = requestAnimationFrame(this.#loop);
    const lively = !this.#calm.matches;
    if (!this.#dirty && (!lively || !this.#moves(now) || now - this.#lastDrawn < FRAME_MS)) {
      return;
    }
    this.#dirty = false;
    this.#lastDrawn = now;
    this.#draw(now, lively);
  };

  /** Whether anything on the overlay moves by itself now. */
  #moves(now: number): boolean {
    return (
      (this.#scene?.incidents.some((incident) => incident.status === 'OPEN' && incident.position !== null) ?? false) ||
      (this.#scene?.sensors.some((mark) => mark.heardAt > 0 && now - mark.heardAt < 800) ?? false)
    );
  }

  #view(): View | null {
    const map = this.#map;
    if (map === null) {
      return null;
    }
    const { clientWidth: width, clientHeight: height } = this.ground;
    return {
      width,
      height,
      metresPerPixel: metresPerPixel(map.getCenter().lat, map.getZoom()),
      project: ([lon, lat]) => map.project([lon, lat]),
    };
  }

  #draw(now: number, lively: boolean): void {
    const view = this.#view();
    const scene = this.#scene;
    const context = this.overlay.getContext('2d');
    if (view === null || scene === null || context === null) {
      return;
    }
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
    if (this.overlay.width !== width || this.overlay.height !== height) {
      this.overlay.width = width;
      this.overlay.height = height;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    this.#placed = layOut(scene.sensors, view);
    const radius = plateRadius(view.metresPerPixel);
    const taken = [...this.#placed.values()].map(({ x, y }) => ({
      left: x - radius,
      right: x + radius,
      top: y - radius,
      bottom: y + radius,
    }));
    const signs = scene.incidents.flatMap((incident) => {
      const oval = ovalOf(incident, view);
      return oval === null ? [] : [{ left: oval.x - 11, right: oval.x + 11, top: oval.y - 11, bottom: oval.y + 11 }];
    });
    drawAssets(context, view, scene);
    drawNames(context, view, scene, [...taken, ...signs]);
    drawSensors(context, view, scene, this.#placed, now, lively);
    drawCampaigns(context, view, scene);
    drawIncidents(context, view, scene, now, lively);
    drawOrder(context, view, scene);
  }

  #hit(x: number, y: number): Hover {
    const view = this.#view();
    const scene = this.#scene;
    if (view === null || scene === null) {
      return null;
    }
    const incident = incidentAt(scene, view, x, y);
    if (incident !== null) {
      return { kind: 'incident', id: incident.id, x, y };
    }
    const reach = Math.max(9, plateRadius(view.metresPerPixel) + 2);
    let nearest: Hover = null;
    let best = reach;
    for (const [id, at] of this.#placed) {
      const distance = Math.hypot(at.x - x, at.y - y);
      if (distance <= best) {
        best = distance;
        nearest = { kind: 'sensor', id, x: at.x, y: at.y };
      }
    }
    return nearest;
  }

  #pointAt(x: number, y: number): void {
    const hit = this.#hit(x, y);
    if (hit?.kind !== this.hover?.kind || hit?.id !== this.hover?.id) {
      this.hover = hit;
      pointed.value = hit === null ? null : { kind: hit.kind, id: hit.id };
      this.#rebuild();
      const canvas = this.#map?.getCanvas();
      if (canvas !== undefined) {
        canvas.style.cursor = hit === null ? '' : 'pointer';
      }
    }
  }

  #unpoint(): void {
    if (this.hover !== null) {
      this.hover = null;
      pointed.value = null;
      this.#rebuild();
    }
  }

  #choose(x: number, y: number): void {
    const hit = this.#hit(x, y);
    if (this.inset) {
      if (hit?.kind === 'incident') {
        go({ page: 'incident', id: hit.id });
      }
      return;
    }
    selection.value = hit === null ? null : { kind: hit.kind, id: hit.id };
  }

  #fit(siteId: string | null, animate: boolean): void {
    const { city } = this;
    const map = this.#map;
    if (city === null || map === null) {
      return;
    }
    this.site = siteId;
    const sites = siteId === null ? city.sites : city.sites.filter((site) => site.id === siteId);
    const bounds = boundsOf(sites.flatMap((site) => [...placesOf(site)]));
    if (bounds !== null) {
      const [[west, south], [east, north]] = bounds;
      map.fitBounds([west, south, east, north], {
        padding: this.inset ? 12 : { top: 74, right: 40, bottom: 56, left: 40 },
        animate: animate && !this.#calm.matches,
        duration: 450,
      });
    }
  }

  #nextSite(): void {
    const sites = this.city?.sites ?? [];
    const order: (string | null)[] = sites.length < 2 ? sites.map((site) => site.id) : [null, ...sites.map((site) => site.id)];
    const at = order.indexOf(this.site);
    const next = order[(at + 1) % Math.max(1, order.length)];
    this.#fit(next ?? null, true);
  }

  #goToFollowed(): void {
    const path = this.#scene?.paths.find(({ chosen }) => chosen);
    if (this.campaign !== null && path !== undefined && path.positions.length > 0) {
      const longitudes = path.positions.map(([longitude]) => longitude);
      const latitudes = path.positions.map(([, latitude]) => latitude);
      this.#map?.fitBounds(
        [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)],
        { padding: 44, maxZoom: 17.2, animate: false },
      );
      return;
    }
    const incident = this.follow === null ? undefined : picture.incidents.value.get(this.follow);
    if (incident?.position != null) {
      const { major_m } = incident.ellipse ?? { major_m: 0 };
      // What may be anywhere about is shown by its surroundings: a whole region would show nothing.
      const wanted = Math.min(MOST_AROUND_M, Math.max(60, major_m) * 2.4);
      const size = Math.min(this.ground.clientWidth, this.ground.clientHeight);
      const zoom = Math.log2((metresPerPixel(incident.position[1], 0) * size) / (2 * wanted));
      this.#map?.jumpTo({ center: [incident.position[0], incident.position[1]], zoom: Math.min(18.5, zoom) });
    } else if (incident !== undefined) {
      this.#fit(incident.site, false);
    }
  }

  static override styles = [
    base,
    legendStyles,
    css`
      :host {
        position: relative;
        display: block;
        overflow: hidden;
        background: #0f1315;
        contain: strict;
      }
      .ground,
      .overlay {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
      }
      .overlay {
        pointer-events: none;
      }
      .ground canvas {
        position: absolute;
        left: 0;
        top: 0;
        outline-offset: -3px;
      }
      .ground .maplibregl-canvas-container {
        width: 100%;
        height: 100%;
        cursor: grab;
        touch-action: none;
      }
      .ground .maplibregl-canvas-container:active {
        cursor: grabbing;
      }
      .ground .maplibregl-control-container {
        display: none;
      }
      .sites {
        position: absolute;
        top: 12px;
        left: 12px;
        display: flex;
        gap: 1px;
        max-width: calc(100% - 80px);
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--line-strong);
        overflow: hidden;
      }
      .sites button,
      .zoom button {
        border: 0;
        border-radius: 0;
        background: var(--panel);
        color: var(--text-quiet);
      }
      .sites button:focus-visible,
      .zoom button:focus-visible {
        outline-offset: -2px;
      }
      .sites button:hover,
      .zoom button:hover {
        background: var(--hover);
        color: var(--text);
      }
      .sites button[aria-pressed='true'] {
        background: var(--accent-ground);
        color: var(--text);
      }
      .zoom {
        position: absolute;
        top: 12px;
        right: 12px;
        display: grid;
        gap: 1px;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--line-strong);
        overflow: hidden;
      }
      .zoom button {
        width: 32px;
        min-height: 32px;
        padding: 0;
      }
      .failure {
        position: absolute;
        inset: 40% 20% auto;
        color: var(--text-quiet);
        text-align: center;
      }
      .tip {
        position: absolute;
        z-index: 3;
        min-width: 190px;
        max-width: 256px;
        padding: 8px 10px;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: #14181bf2;
        box-shadow: 0 6px 20px #0008;
        font-size: 12px;
        pointer-events: none;
      }
      .tip-head {
        display: flex;
        justify-content: space-between;
        gap: 12px;
        margin-bottom: 4px;
      }
      .tip-head span {
        white-space: nowrap;
        color: var(--text-faint);
      }
      .tip-line {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto 40px;
        gap: 8px;
        color: var(--text-quiet);
      }
      .tip-line b {
        color: var(--text);
        font-weight: 600;
      }
      .tip-line .faint {
        text-align: right;
      }
      .fault {
        grid-column: 1 / -1;
        color: var(--fault);
        font-weight: 600;
      }
    `,
  ];
}

/** Kinds of zones that are long and thin: their names run along them. */
const LINES: readonly ZoneKind[] = ['ROAD', 'RAIL', 'WATER'];

/** The least width that a zone's name may take where crowds are watched, in metres: these names matter more than neat ones. */
const WATCHED_WIDTH_M = 70;

function siteNames(site: Site): Scene['sites'] {
  const bounds = boundsOf((site.boundary?.coordinates[0] ?? []) as unknown as LonLat[]);
  if (bounds === null) {
    return [];
  }
  const [[west], [east, north]] = bounds;
  // A twentieth in from the corner, which is often rounded.
  return [{ name: site.name, position: [west + (east - west) / 20, north], weight: 0, width_m: 0 }];
}

function zoneNames(site: Site): Scene['zones'] {
  return site.zones.features.flatMap((zone) => {
    const above = site.zones.features.filter((other) => isAbove(other.properties.kind, zone.properties.kind));
    const position = openPlace(zone.geometry, above.map((other) => other.geometry));
    const bounds = boundsOf((zone.geometry.coordinates[0] ?? []) as unknown as LonLat[]);
    if (zone.properties.name === '' || position === null || bounds === null) {
      return [];
    }
    const [[west, south], [east, north]] = bounds;
    const across_m = (east - west) * 111_320 * Math.cos((south * Math.PI) / 180);
    const watched = zone.properties.safeDensity_per_m2 !== null;
    const width_m = LINES.includes(zone.properties.kind) ? Math.max(across_m, (north - south) * 111_320) : across_m;
    return [
      {
        name: zone.properties.name,
        position,
        weight: area_m2(zone.geometry) * (watched ? 4 : 1),
        width_m: watched ? Math.max(WATCHED_WIDTH_M, width_m) : width_m,
      },
    ];
  });
}
