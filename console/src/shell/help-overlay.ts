// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html } from 'lit';
import { customElement, query } from 'lit/decorators.js';

import { COMMANDS } from '../incident/commands';
import { bindKeys } from '../keys';
import { base } from '../style/base';
import { dialogStyles } from '../style/dialog';

const MOVING: readonly (readonly [readonly string[], string])[] = [
  [['J', '↓'], 'Next incident in the queue'],
  [['K', '↑'], 'Previous incident'],
  [['Home'], 'Top of the queue, with what waits'],
  [['Enter'], 'Open the incident'],
  [['C'], 'Open the story to which it belongs'],
  [['Esc'], 'Back, or nothing selected'],
];
const EVERYWHERE: readonly (readonly [readonly string[], string])[] = [
  [['1'], 'City'],
  [['2'], 'Sensors'],
  [['3'], 'Quarantine'],
  [['4'], 'Devices'],
  [['F'], 'Fit the site into the map'],
  [['Z'], 'Next site'],
  [['T'], 'Alarm tone on or off'],
  [['?'], 'These keys'],
];

/** All keys at one look. */
@customElement('polias-help')
export class HelpOverlay extends LitElement {
  @query('dialog') private dialog!: HTMLDialogElement;

  show(): void {
    this.dialog.showModal();
    const unbind = bindKeys(['?'], () => this.dialog.close());
    this.dialog.addEventListener('close', unbind, { once: true });
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" @click=${(event: MouseEvent) => event.target === this.dialog && this.dialog.close()}>
      <header><h2 id="title">Keys</h2></header>
      <div class="content">
        ${group('Moving', MOVING)}
        ${group(
          'The selected incident',
          COMMANDS.map(({ key, label }) => [[key.toUpperCase()], label] as const),
        )}
        ${group('Everywhere', EVERYWHERE)}
      </div>
      <footer><button class="plain" @click=${() => this.dialog.close()}>Close <kbd>Esc</kbd></button></footer>
    </dialog>`;
  }

  static override styles = [
    base,
    dialogStyles,
    css`
      dialog {
        width: 820px;
      }
      dialog .content {
        grid-template-columns: 1.2fr 0.9fr 1fr;
        gap: 32px;
      }
      .heading {
        margin-bottom: 6px;
      }
      dl > div {
        display: grid;
        grid-template-columns: 62px minmax(0, 1fr);
        align-items: center;
        min-height: 27px;
      }
      dd {
        color: var(--text-quiet);
      }
    `,
  ];
}

function group(title: string, keys: readonly (readonly [readonly string[], string])[]): TemplateResult {
  return html`<section>
    <h3 class="heading">${title}</h3>
    <dl>
      ${keys.map(
        ([names, meaning]) => html`<div>
          <dt>${names.map((name) => html`<kbd>${name}</kbd> `)}</dt>
          <dd>${meaning}</dd>
        </div>`,
      )}
    </dl>
  </section>`;
}
