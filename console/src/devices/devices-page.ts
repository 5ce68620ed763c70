// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';

import { api } from '../api/client';
import { Problem } from '../api/problem';
import type { Device, NewDevice } from '../api/types';
import { agoText } from '../format/time';
import { plural } from '../format/words';
import { complain, tell } from '../shell/toasts';
import { clock, second } from '../state/clock';
import { directoryOf } from '../state/directory';
import { city } from '../state/session';
import { Watch } from '../state/signal';
import { base } from '../style/base';
import { dialogStyles } from '../style/dialog';
import { glyph } from '../style/glyphs';
import { tableStyles } from '../style/table';

/** The devices that may send: add one, revoke one. */
@customElement('polias-devices')
export class DevicesPage extends LitElement {
  @state() private devices: readonly Device[] | null = null;
  @state() private problem: Problem | null = null;
  @state() private adding: 'closed' | 'asking' | 'sending' = 'closed';
  @state() private added: NewDevice | null = null;
  @state() private addProblem: Problem | null = null;
  @state() private revoking: string | null = null;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('input[name=device]') private nameField!: HTMLInputElement;
  @query('select') private siteField!: HTMLSelectElement | null;

  constructor() {
    super();
    new Watch(this, second, city);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  override render(): TemplateResult {
    const here = city.value;
    const active = (this.devices ?? []).filter((device) => device.revokedAt == null).length;
    return html`
      <div class="page-head">
        <h1>Devices</h1>
        <p class="about">
          ${this.devices === null ? nothing : `${active} ${plural(active, 'device')} may send`}
        </p>
        <div class="tools">
          <button class="primary" data-testid="device-add" @click=${() => this.#ask()}>${glyph('plus', 14)} Add device</button>
        </div>
      </div>
      <div class="table" tabindex="0" aria-label="Devices">
        ${this.problem === null
          ? nothing
          : html`<p class="none" role="alert"><b>${this.problem.message}</b>${this.problem.advice}</p>`}
        ${this.devices?.length === 0
          ? html`<p class="none"><b>No devices yet</b>A device needs credentials before anything of it is taken in.</p>`
          : nothing}
        ${(this.devices?.length ?? 0) === 0
          ? nothing
          : html`<table>
              <colgroup>
                <col class="c-name" />
                <col class="c-site" />
                <col class="c-time" />
                <col />
              </colgroup>
              <thead>
                <tr>
                  <th>Device</th>
                  <th>Site</th>
                  <th>Added</th>
                  <th></th>
                </tr>
              </thead>
              <tbody>
                ${(this.devices ?? []).map((device) => this.#row(device))}
              </tbody>
            </table>`}
      </div>
      <dialog aria-labelledby="title" @close=${() => this.#closed()}>
        ${this.added === null
          ? html`<form @submit=${this.#add}>
              <header>
                <h2 id="title">Add a device</h2>
                <p>It gets a secret of its own, which is shown once.</p>
              </header>
              <div class="content">
                <label class="field">
                  <span class="heading">Name</span>
                  <input
                    name="device"
                    required
                    pattern="[A-Za-z0-9][A-Za-z0-9._:\\-]{0,127}"
                    title="Letters, digits, dots, underscores, colons and hyphens, beginning with a letter or digit"
                    placeholder="gateway-north"
                    autocomplete="off"
                    spellcheck="false"
                    data-testid="device-name"
                  />
                </label>
                <label class="field">
                  <span class="heading">May write to</span>
                  <select>
                    <option value="">Every site</option>
                    ${(here?.sites ?? []).map((site) => html`<option value=${site.id}>${site.name}</option>`)}
                  </select>
                </label>
              </div>
              <div class="problem" role="alert">
                ${this.addProblem === null ? nothing : html`<b>${this.addProblem.message}</b> ${this.addProblem.advice}`}
              </div>
              <footer>
                <button type="button" class="plain" @click=${() => this.dialog.close()}>Cancel <kbd>Esc</kbd></button>
                <button class="primary" data-testid="device-submit" ?disabled=${this.adding === 'sending'}>
                  ${this.adding === 'sending' ? html`<span class="spinner"></span>` : nothing} Add device
                </button>
              </footer>
            </form>`
          : this.#secret(this.added)}
      </dialog>
    `;
  }

  #row(device: Device): TemplateResult {
    const now = clock.now();
    const here = city.value;
    const ago = (instant: string | null | undefined): string => (instant == null ? '–' : agoText(now - Date.parse(instant)));
    const revoked = device.revokedAt != null;
    return html`<tr class=${revoked ? 'revoked' : ''} data-testid="device-row">
      <td class="mono name">${device.device}</td>
      <td class="quiet">
        ${device.site == null || here === null ? 'every site' : directoryOf(here).siteName(device.site)}
      </td>
      <td class="quiet">${ago(device.createdAt)}</td>
      <td class="number">
        ${revoked
          ? html`<span class="faint">revoked ${ago(device.revokedAt)}</span>`
          : this.revoking === device.device
            ? html`<span class="quiet">Nothing of it is taken in any more. </span>
                <button class="danger" data-testid="device-revoke-confirm" @click=${() => this.#revoke(device.device)}>Revoke</button>
                <button class="plain" @click=${() => (this.revoking = null)}>Keep</button>`
            : html`<button class="plain" data-testid="device-revoke" @click=${() => (this.revoking = device.device)}>Revoke</button>`}
      </td>
    </tr>`;
  }

  #secret(device: NewDevice): TemplateResult {
    return html`<header>
        <h2 id="title">${device.device} may send</h2>
        <p>Its secret is shown now and never again.</p>
      </header>
      <div class="content">
        <label class="field">
          <span class="heading">Secret</span>
          <span class="secret">
            <input class="mono" readonly .value=${device.secret} data-testid="device-secret" @focus=${(event: FocusEvent) => (event.target as HTMLInputElement).select()} />
            <button @click=${() => this.#copy(device.secret)}>Copy</button>
          </span>
        </label>
      </div>
      <div class="problem"></div>
      <footer><button class="primary" @click=${() => this.dialog.close()}>I have kept it</button></footer>`;
  }

  async #copy(secret: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(secret);
      tell('The secret is copied');
    } catch {
      // Browsers refuse the clipboard to pages that are not secure; the field can still be copied by hand.
      this.dialog.querySelector<HTMLInputElement>('[readonly]')?.select();
    }
  }

  #ask(): void {
    this.added = null;
    this.addProblem = null;
    this.adding = 'asking';
    void this.updateComplete.then(() => {
      this.nameField.value = '';
      this.dialog.showModal();
      this.nameField.focus();
    });
  }

  #closed(): void {
    this.adding = 'closed';
    this.added = null;
  }

  readonly #add = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    this.adding = 'sending';
    this.addProblem = null;
    try {
      const site = this.siteField?.value ?? '';
      this.added = await api.addDevice(this.nameField.value.trim(), site === '' ? null : site);
      void this.#load();
    } catch (thrown) {
      this.addProblem = Problem.from(thrown);
    } finally {
      this.adding = 'asking';
    }
  };

  async #revoke(device: string): Promise<void> {
    this.revoking = null;
    try {
      await api.revokeDevice(device);
      await this.#load();
    } catch (thrown) {
      complain('Revoking', Problem.from(thrown));
    }
  }

  async #load(): Promise<void> {
    try {
      this.devices = await api.devices();
      this.problem = null;
    } catch (thrown) {
      this.problem = Problem.from(thrown);
    }
  }

  static override styles = [
    base,
    tableStyles,
    dialogStyles,
    css`
      .c-name {
        width: 30%;
      }
      .c-site {
        width: 22%;
      }
      .c-time {
        width: 128px;
      }
      td {
        height: 42px;
      }
      .name {
        font-size: 13px;
      }
      .revoked td {
        color: var(--text-faint);
      }
      .revoked .name {
        text-decoration: line-through;
      }
      td button {
        min-height: 28px;
      }
      dialog {
        width: 440px;
      }
      .secret {
        display: flex;
        gap: 8px;
      }
    `,
  ];
}
