// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';

import { api } from '../api/client';
import { Problem } from '../api/problem';
import '../exercise/exercise-dialog';
import type { ExerciseDialog } from '../exercise/exercise-dialog';
import { clockText, dayText, zoneText } from '../format/time';
import { picture } from '../live';
import { type Route, route, routeHash } from '../router';
import { alarm } from '../sound/alarm';
import { second } from '../state/clock';
import { city, hasRole, session, signedOutBecause } from '../state/session';
import { Watch } from '../state/signal';
import { base } from '../style/base';
import { glyph } from '../style/glyphs';
import './connection-badge';
import { mark } from './mark';
import { complain } from './toasts';

/** The bar at the top: the city, the pages, the time, the connection, and who is here. */
@customElement('polias-top-bar')
export class TopBar extends LitElement {
  @state() private menuOpen = false;
  @query('polias-exercises') private exercises!: ExerciseDialog;

  constructor() {
    super();
    new Watch(this, second, city, session, route, alarm.on, picture.exercise);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('pointerdown', this.#closeMenu);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('pointerdown', this.#closeMenu);
  }

  override render(): TemplateResult {
    const here = city.value;
    const now = second.value;
    const timeZone = here?.timeZone ?? 'UTC';
    return html`
      <a class="brand" href="#/" aria-label="Polias: ${here?.name ?? ''}">
        ${mark()} <b class="ellipsis">${here?.name ?? ''}</b>
      </a>
      <nav aria-label="Pages">
        ${link({ page: 'picture' }, 'City', '1')} ${link({ page: 'sensors' }, 'Sensors', '2')}
        ${link({ page: 'quarantine' }, 'Quarantine', '3')}
        ${hasRole('administrator') ? link({ page: 'devices' }, 'Devices', '4') : nothing}
      </nav>
      <div class="right">
        <polias-connection></polias-connection>
        ${hasRole('director')
          ? html`<button class="exercise" data-testid="exercise-start" @click=${() => this.exercises.show()}>
              ${glyph('play', 13)} Exercise
            </button>`
          : nothing}
        <button
          class="plain icon"
          data-testid="alarm-toggle"
          aria-pressed=${alarm.on.value ? 'true' : 'false'}
          aria-label="Alarm tone"
          title="Alarm tone: ${alarm.on.value ? 'on' : 'off'} (T)"
          @click=${() => alarm.toggle()}
        >
          ${glyph(alarm.on.value ? 'sound' : 'mute', 18)}
        </button>
        <button class="plain icon" title="Keys (?)" aria-label="Keys" @click=${() => this.dispatchEvent(new CustomEvent('help'))}>
          <kbd>?</kbd>
        </button>
        <div class="clocks" title="${timeZone}">
          <div class="local">
            <span class="day">${dayText(now, timeZone)}</span>
            <span class="time" data-testid="clock">${clockText(now, timeZone)}</span>
            <span class="zone">${zoneText(now, timeZone)}</span>
          </div>
          <div class="utc">${clockText(now, 'UTC')} <span class="zone">UTC</span></div>
        </div>
        ${this.#user()}
      </div>
      <polias-exercises></polias-exercises>
    `;
  }

  #user(): TemplateResult {
    const who = session.value;
    const name = who?.name ?? '';
    return html`<div class="user">
      <button
        class="plain"
        aria-haspopup="menu"
        aria-expanded=${this.menuOpen ? 'true' : 'false'}
        data-testid="user-menu"
        title=${name}
        @click=${() => (this.menuOpen = !this.menuOpen)}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Escape' && this.menuOpen) {
            this.menuOpen = false;
            event.preventDefault();
          }
        }}
      >
        <span class="initials" aria-hidden="true">${initials(name)}</span>
        <span class="visually-hidden">${name}</span>${glyph('down', 12)}
      </button>
      ${this.menuOpen
        ? html`<div class="menu" role="menu">
            <div class="who">
              <b>${name}</b><span class="quiet">${who?.user}</span>
              <span class="faint">${who?.roles.join(', ')}</span>
            </div>
            <button class="plain" role="menuitem" data-testid="sign-out" @click=${this.#signOut}>Sign out</button>
          </div>`
        : nothing}
    </div>`;
  }

  readonly #closeMenu = (event: Event): void => {
    if (this.menuOpen && !event.composedPath().some((node) => node instanceof HTMLElement && node.classList.contains('user'))) {
      this.menuOpen = false;
    }
  };

  readonly #signOut = async (): Promise<void> => {
    this.menuOpen = false;
    try {
      await api.signOut();
    } catch (thrown) {
      const problem = Problem.from(thrown);
      if (problem.status !== 401) {
        complain('Signing out', problem);
        return;
      }
    }
    signedOutBecause.value = null;
    session.value = null;
  };

  static override styles = [
    base,
    css`
      :host {
        position: relative;
        z-index: 10;
        display: grid;
        grid-template-columns: var(--queue-width) minmax(0, 1fr) auto;
        align-items: center;
        border-bottom: 1px solid var(--line);
        background: var(--panel);
      }
      polias-exercises {
        position: absolute;
      }
      .brand {
        display: flex;
        align-items: center;
        gap: 10px;
        min-width: 0;
        padding: 0 16px 0 12px;
        color: var(--text);
        text-decoration: none;
      }
      .brand b {
        font-size: 17px;
        font-weight: 600;
        letter-spacing: -0.01em;
      }
      .brand svg {
        flex: none;
      }
      nav {
        display: flex;
        align-self: stretch;
        gap: 2px;
      }
      nav a {
        display: flex;
        align-items: center;
        padding: 0 12px;
        border-bottom: 2px solid transparent;
        border-top: 2px solid transparent;
        color: var(--text-quiet);
        text-decoration: none;
      }
      nav a:focus-visible {
        outline-offset: -3px;
      }
      nav a:hover {
        color: var(--text);
      }
      nav a[aria-current='page'] {
        border-bottom-color: var(--accent);
        color: var(--text);
        font-weight: 600;
      }
      .right {
        display: flex;
        align-items: center;
        gap: 6px;
        padding-right: 8px;
      }
      .exercise {
        margin: 0 4px;
      }
      .icon {
        width: 34px;
        padding: 0;
        color: var(--text-quiet);
      }
      .icon[aria-pressed='true'] {
        color: var(--text);
      }
      .clocks {
        display: grid;
        padding: 0 10px;
        text-align: right;
        line-height: 1.15;
        white-space: nowrap;
      }
      .local {
        display: flex;
        align-items: baseline;
        justify-content: flex-end;
        gap: 7px;
      }
      .time {
        font-size: 18px;
        font-weight: 600;
      }
      .day,
      .utc {
        color: var(--text-quiet);
        font-size: 12px;
      }
      .zone {
        display: inline-block;
        min-width: 27px;
        color: var(--text-faint);
        font-size: 11px;
        text-align: left;
      }
      .utc .zone {
        margin-left: 4px;
      }
      .user {
        position: relative;
      }
      .user > button {
        padding: 0 6px;
        color: var(--text-quiet);
      }
      .initials {
        display: grid;
        place-items: center;
        width: 28px;
        height: 28px;
        border: 1px solid var(--line-strong);
        border-radius: 50%;
        background: var(--raised);
        color: var(--text);
        font-size: 11px;
        font-weight: 600;
      }
      .menu {
        position: absolute;
        right: 0;
        top: calc(100% + 8px);
        min-width: 230px;
        padding: 6px;
        border: 1px solid var(--line-strong);
        border-radius: 8px;
        background: var(--panel);
        box-shadow: 0 12px 40px #000a;
      }
      .who {
        display: grid;
        padding: 8px 10px 12px;
      }
      .menu button {
        width: 100%;
        justify-content: flex-start;
      }
    `,
  ];
}

function link(to: Route, label: string, key: string): TemplateResult {
  const here = route.value.page === to.page || ((route.value.page === 'incident' || route.value.page === 'campaign') && to.page === 'picture');
  return html`<a href=${routeHash(to)} aria-current=${here ? 'page' : nothing} title="${label} (${key})">${label}</a>`;
}

function initials(name: string): string {
  const [first = '', ...rest] = name.split(/\s+/).filter(Boolean);
  return (first.charAt(0) + (rest.at(-1)?.charAt(0) ?? '')).toUpperCase();
}
