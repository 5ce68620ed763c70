// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';

import { api } from '../api/client';
import { Problem } from '../api/problem';
import type { SessionOptions } from '../api/types';
import { mark } from '../shell/mark';
import { city, session, signedOutBecause } from '../state/session';
import { Watch } from '../state/signal';
import { base } from '../style/base';

/** Who are you? */
@customElement('polias-sign-in')
export class SignInPage extends LitElement {
  @state() private options: SessionOptions | null = null;
  @state() private problem: Problem | null = null;
  @state() private sending = false;
  @state() private capsLock = false;
  @query('input[name=user]') private user!: HTMLInputElement;
  @query('input[name=password]') private password!: HTMLInputElement;

  constructor() {
    super();
    new Watch(this, signedOutBecause);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    api.sessionOptions().then(
      (options) => (this.options = options),
      (thrown: unknown) => (this.problem = Problem.from(thrown)),
    );
    // What comes next is fetched while the operator types.
    void import('../shell/polias-shell');
  }

  override firstUpdated(): void {
    this.user.focus();
  }

  override render(): TemplateResult {
    const { options } = this;
    return html`<div class="page">
      <form @submit=${this.#submit} aria-describedby="message">
        <div class="brand">${mark(40)}<span>Polias</span></div>
        <h1>${options?.city ?? html`<span class="skeleton city"></span>`}</h1>
        <p class="simulated">${options?.simulated === true ? html`<span class="tag" data-testid="simulated-badge">Simulated city</span>` : nothing}</p>
        <label>
          <span>User</span>
          <input
            name="user"
            autocomplete="username"
            autocapitalize="off"
            spellcheck="false"
            required
            data-testid="sign-in-user"
            @input=${this.#typed}
          />
        </label>
        <label>
          <span>Password ${this.capsLock ? html`<em>Caps Lock is on</em>` : nothing}</span>
          <input
            name="password"
            type="password"
            autocomplete="current-password"
            required
            data-testid="sign-in-password"
            @input=${this.#typed}
            @keydown=${this.#keyed}
            @keyup=${this.#keyed}
          />
        </label>
        <div id="message" class="message" role="alert" data-testid="sign-in-message">${this.#message()}</div>
        <button class="primary" data-testid="sign-in-submit" ?disabled=${this.sending}>
          ${this.sending ? html`<span class="spinner"></span>` : nothing} Sign in
        </button>
        ${options?.oidc == null
          ? nothing
          : html`<div class="or"><span>or</span></div>
              <a class="oidc" href=${options.oidc.url} data-testid="sign-in-oidc">${options.oidc.label}</a>`}
      </form>
    </div>`;
  }

  #message(): TemplateResult | typeof nothing {
    const { problem } = this;
    if (problem !== null) {
      switch (problem.code) {
        case 'bad-credentials':
          return html`<b>User and password do not match.</b>`;
        case 'too-many-attempts':
          return html`<b>Too many attempts.</b> ${problem.advice ?? 'Wait a while before you try again.'}`;
        case 'unreachable':
          return html`<b>${problem.message}</b> ${problem.advice}`;
        default:
          return html`<b>${problem.message}</b> ${problem.advice ?? nothing}`;
      }
    }
    return signedOutBecause.value === null ? nothing : html`<span class="quiet">${signedOutBecause.value}</span>`;
  }

  readonly #typed = (): void => {
    this.problem = null;
  };

  readonly #keyed = (event: KeyboardEvent): void => {
    this.capsLock = event.getModifierState('CapsLock');
  };

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.sending) {
      return;
    }
    this.sending = true;
    this.problem = null;
    try {
      const who = await api.signIn(this.user.value.trim(), this.password.value);
      city.value = await api.city();
      signedOutBecause.value = null;
      session.value = who;
    } catch (thrown) {
      this.problem = Problem.from(thrown);
      this.password.value = '';
      this.password.focus();
    } finally {
      this.sending = false;
    }
  };

  static override styles = [
    base,
    css`
      :host {
        display: block;
        height: 100%;
      }
      .page {
        display: grid;
        place-items: center;
        height: 100%;
        padding: 24px;
        background: radial-gradient(1100px 720px at 50% 38%, #171c20 0%, #0e1113 72%);
      }
      form {
        display: grid;
        width: 348px;
        padding-bottom: 5vh;
      }
      .brand {
        display: flex;
        align-items: center;
        gap: 12px;
        color: var(--text-quiet);
        font-size: 14px;
        font-weight: 600;
        letter-spacing: 0.14em;
        text-transform: uppercase;
      }
      h1 {
        min-height: 44px;
        margin-top: 22px;
        font-size: 34px;
        font-weight: 600;
        line-height: 44px;
        letter-spacing: -0.02em;
      }
      .city {
        display: inline-block;
        width: 180px;
        height: 30px;
      }
      .simulated {
        height: 20px;
        margin: 4px 0 22px;
      }
      label {
        display: grid;
        gap: 6px;
        margin-bottom: 14px;
      }
      label span {
        display: flex;
        justify-content: space-between;
        color: var(--text-quiet);
        font-size: 12px;
      }
      em {
        color: var(--warning);
        font-style: normal;
      }
      input {
        height: 42px;
        padding: 0 13px;
        background: #0b0e10;
        font-size: 15px;
      }
      .message {
        min-height: 42px;
        color: var(--text-quiet);
        font-size: 12.5px;
      }
      .message b {
        color: #ffb3ae;
        font-weight: 600;
      }
      button {
        height: 44px;
        font-size: 15px;
      }
      .or {
        display: flex;
        align-items: center;
        height: 44px;
        color: var(--text-faint);
        font-size: 12px;
      }
      .or span {
        padding: 0 12px;
      }
      .or::before,
      .or::after {
        content: '';
        flex: 1;
        height: 1px;
        background: var(--line-strong);
      }
      .oidc {
        display: grid;
        place-items: center;
        height: 44px;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--raised);
        color: var(--text);
        font-size: 14px;
        text-decoration: none;
      }
      .oidc:hover {
        background: var(--hover);
      }
    `,
  ];
}
