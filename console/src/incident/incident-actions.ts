// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';

import { Problem } from '../api/problem';
import type { CommandName, IncidentSummary } from '../api/types';
import { bindKeys } from '../keys';
import { complain } from '../shell/toasts';
import { hasRole } from '../state/session';
import { Watch } from '../state/signal';
import { base } from '../style/base';
import { type Glyph, glyph } from '../style/glyphs';
import type { CommandDialog } from './command-dialog';
import './command-dialog';
import { COMMANDS, findCommand, offered } from './commands';
import { pending, send } from './pending';

const GLYPHS: Readonly<Record<CommandName, Glyph>> = {
  acknowledge: 'check',
  assign: 'person',
  dismiss: 'cross',
  resolve: 'flag',
  note: 'note',
  merge: 'merge',
  split: 'split',
  reopen: 'reopen',
};

/** What can be done with an incident, by button and by key. */
@customElement('polias-incident-actions')
export class IncidentActions extends LitElement {
  @property({ attribute: false }) incident!: IncidentSummary;
  /** In two rows, for the narrow panel. */
  @property({ type: Boolean, reflect: true }) narrow = false;
  @query('polias-command-dialog') private dialog!: CommandDialog;
  #stop: () => void = () => {};

  constructor() {
    super();
    new Watch(this, pending);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = bindKeys(
      COMMANDS.map((command) => command.key),
      (event) => {
        const command = COMMANDS.find(({ key }) => key === event.key.toLowerCase());
        if (command !== undefined && this.#possible(command.name)) {
          this.#begin(command.name);
        }
      },
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  override render(): TemplateResult {
    const commands = offered(this.incident.status);
    const waiting = pending.value.filter((entry) => entry.incident === this.incident.id);
    return html`<div class="bar" role="toolbar" aria-label="Actions">
        ${commands.map(({ name, key, label }) => {
          const busy = waiting.some((entry) => entry.command === name);
          return html`<button
            class=${name === 'acknowledge' && this.incident.status === 'OPEN' ? 'primary' : ''}
            data-testid="action-${name}"
            aria-keyshortcuts=${key.toUpperCase()}
            ?disabled=${busy || !this.#possible(name)}
            @click=${() => this.#begin(name)}
          >
            ${busy ? html`<span class="spinner"></span>` : glyph(GLYPHS[name], 15)}
            <span>${label}</span><kbd aria-hidden="true">${key.toUpperCase()}</kbd>
          </button>`;
        })}
        ${commands.length === 0 ? html`<p class="faint">Part of another incident; act on that one.</p>` : nothing}
      </div>
      <polias-command-dialog></polias-command-dialog>`;
  }

  #possible(name: CommandName): boolean {
    return findCommand(name).allowed(this.incident.status) && hasRole('operator', 'supervisor', 'administrator');
  }

  #begin(name: CommandName): void {
    if (name !== 'acknowledge') {
      this.dialog.ask(name, this.incident);
      return;
    }
    const already = pending.value.some((entry) => entry.incident === this.incident.id && entry.command === name);
    if (!already) {
      send(this.incident.id, { command: name }).catch((thrown: unknown) => complain('Acknowledging', Problem.from(thrown)));
    }
  }

  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
      }
      :host([narrow]) .bar {
        display: grid;
        grid-template-columns: minmax(0, 1.3fr) minmax(0, 1fr);
      }
      :host([narrow]) button {
        justify-content: flex-start;
        padding: 0 8px;
      }
      :host([narrow]) kbd {
        margin-left: auto;
      }
      button {
        min-height: 32px;
      }
      @media (max-width: 1599px) {
        :host(:not([narrow])) svg {
          display: none;
        }
        :host(:not([narrow])) .bar {
          flex-wrap: nowrap;
          gap: 4px;
        }
        :host(:not([narrow])) button {
          gap: 6px;
          padding: 0 8px;
        }
      }
      .primary kbd {
        border-color: #8a99a4;
        color: #3a4852;
      }
    `,
  ];
}
