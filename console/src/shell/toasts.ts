// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';

import type { Problem } from '../api/problem';
import { Signal, Watch } from '../state/signal';
import { base } from '../style/base';
import { glyph } from '../style/glyphs';

interface Toast {
  readonly id: number;
  readonly title: string;
  readonly detail: string | null;
  readonly bad: boolean;
}

const toasts = new Signal<readonly Toast[]>([]);
let last = 0;

function show(title: string, detail: string | null, bad: boolean, for_ms: number): void {
  const id = ++last;
  toasts.value = [...toasts.value.slice(-2), { id, title, detail, bad }];
  window.setTimeout(() => close(id), for_ms);
}

function close(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

export function tell(title: string): void {
  show(title, null, false, 4_000);
}

/** Says that something was refused or went wrong, with the platform's words and advice. */
export function complain(what: string, problem: Problem): void {
  const refused = problem.status === 409;
  show(refused ? `${what} was refused` : `${what} failed`, [problem.message, problem.advice].filter(Boolean).join(' '), true, 12_000);
}

@customElement('polias-toasts')
export class Toasts extends LitElement {
  constructor() {
    super();
    new Watch(this, toasts);
  }

  override render(): TemplateResult {
    return html`<div class="stack" role="region" aria-label="Messages">
      ${toasts.value.map(
        (toast) => html`<div class="toast ${toast.bad ? 'bad' : ''}" role=${toast.bad ? 'alert' : 'status'} data-testid="toast">
          <div>
            <b>${toast.title}</b>
            ${toast.detail === null ? nothing : html`<p>${toast.detail}</p>`}
          </div>
          <button class="plain" aria-label="Close" @click=${() => close(toast.id)}>${glyph('cross', 14)}</button>
        </div>`,
      )}
    </div>`;
  }

  static override styles = [
    base,
    css`
      .stack {
        position: fixed;
        z-index: 40;
        left: 50%;
        bottom: 44px;
        display: grid;
        gap: 8px;
        width: 460px;
        transform: translateX(-50%);
        pointer-events: none;
      }
      .toast {
        display: flex;
        align-items: flex-start;
        justify-content: space-between;
        gap: 12px;
        padding: 10px 8px 10px 14px;
        border: 1px solid var(--line-strong);
        border-left: 4px solid var(--accent);
        border-radius: var(--radius);
        background: var(--pressed);
        box-shadow: 0 10px 30px #000a;
        pointer-events: auto;
      }
      .toast.bad {
        border-left-color: var(--high);
      }
      b {
        font-weight: 600;
      }
      p {
        color: var(--text-quiet);
      }
      button {
        min-height: 24px;
        padding: 0 6px;
      }
    `,
  ];
}
