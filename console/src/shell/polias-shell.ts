// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';

import { bindKeys } from '../keys';
import { connection, picture } from '../live';
import '../picture/picture-page';
import { attention, watchForAlarms } from '../queue/attention-of-operator';
import { type Route, go, route, startRouting } from '../router';
import { alarm } from '../sound/alarm';
import { startTicking } from '../state/clock';
import { learnPeople } from '../state/people';
import { selection } from '../state/selection';
import { hasRole } from '../state/session';
import { Watch } from '../state/signal';
import { base } from '../style/base';
import './banner';
import type { HelpOverlay } from './help-overlay';
import './help-overlay';
import './status-strip';
import './toasts';
import './top-bar';

// The map is the largest part; its file is asked for as soon as it is known to be needed.
void import('../map/city-map');

type Page = Route['page'];

/** Everything around the pages: banner, bar, strip; keys that work everywhere; the live connection. */
@customElement('polias-shell')
export class PoliasShell extends LitElement {
  @state() private loaded: ReadonlySet<Page> = new Set<Page>(['picture', 'incident', 'campaign']);
  @query('polias-help') private help!: HelpOverlay;
  #stops: (() => void)[] = [];

  constructor() {
    super();
    new Watch(this, route);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    startRouting();
    connection.start();
    void learnPeople();
    this.#stops = [
      startTicking(),
      watchForAlarms((incidents) => alarm.sound(incidents)),
      bindKeys(['1'], () => go({ page: 'picture' })),
      bindKeys(['2'], () => go({ page: 'sensors' })),
      bindKeys(['3'], () => go({ page: 'quarantine' })),
      bindKeys(['4'], () => (hasRole('administrator') ? go({ page: 'devices' }) : false)),
      bindKeys(['t'], () => alarm.toggle()),
      bindKeys(['?'], () => this.help.show()),
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops) {
      stop();
    }
    connection.stop();
    picture.clear();
    attention.reset();
    selection.value = null;
  }

  override willUpdate(): void {
    const { page } = route.value;
    if (!this.loaded.has(page)) {
      void load(page).then(() => (this.loaded = new Set([...this.loaded, page])));
    }
  }

  override render(): TemplateResult {
    return html`
      <polias-banner></polias-banner>
      <polias-top-bar @help=${() => this.help.show()}></polias-top-bar>
      <div class="main">${this.#page()}</div>
      <polias-status></polias-status>
      <polias-help></polias-help>
      <polias-toasts></polias-toasts>
    `;
  }

  #page(): TemplateResult {
    const { page } = route.value;
    switch (page) {
      case 'picture':
      case 'incident':
      case 'campaign':
        return html`<polias-picture></polias-picture>`;
      case 'sensors':
        return this.loaded.has(page) ? html`<polias-sensors></polias-sensors>` : html``;
      case 'quarantine':
        return this.loaded.has(page) ? html`<polias-quarantine></polias-quarantine>` : html``;
      case 'devices':
        return this.loaded.has(page) ? html`<polias-devices></polias-devices>` : html``;
    }
  }

  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-rows: auto 50px minmax(0, 1fr) 28px;
        height: 100%;
      }
      .main {
        min-height: 0;
        min-width: 0;
      }
    `,
  ];
}

async function load(page: Page): Promise<void> {
  switch (page) {
    case 'picture':
    case 'incident':
    case 'campaign':
      return;
    case 'sensors':
      await import('../sensors/sensors-page');
      return;
    case 'quarantine':
      await import('../quarantine/quarantine-page');
      return;
    case 'devices':
      await import('../devices/devices-page');
      return;
  }
}
