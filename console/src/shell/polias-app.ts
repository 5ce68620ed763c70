// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';

import { api, whenSignedOut } from '../api/client';
import { Problem } from '../api/problem';
import { city, session, signedOutBecause } from '../state/session';
import { Watch } from '../state/signal';

/** The whole console: the sign-in page, or the city for who is signed in. */
@customElement('polias-app')
export class PoliasApp extends LitElement {
  @state() private signInReady = false;
  @state() private shellReady = false;
  @state() private problem: Problem | null = null;

  constructor() {
    super();
    new Watch(this, session);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    whenSignedOut(() => {
      if (session.value != null) {
        signedOutBecause.value = 'Your session has ended. Sign in again to go on.';
        this.#signedOut();
      }
    });
    session.subscribe((value) => void (value === null ? this.#signedOut() : undefined));
    void this.#begin();
  }

  /** The page needs no shadow of its own: it is all there is. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override render(): TemplateResult {
    if (this.problem !== null) {
      return html`<polias-unreachable .problem=${this.problem}></polias-unreachable>`;
    }
    if (session.value === null) {
      return this.signInReady ? html`<polias-sign-in></polias-sign-in>` : html``;
    }
    return session.value !== undefined && this.shellReady ? html`<polias-shell></polias-shell>` : html``;
  }

  async #begin(): Promise<void> {
    // Most visits are of someone who is signed in: what the city needs is loaded beside the first question.
    const shell = import('./polias-shell').then(() => (this.shellReady = true));
    try {
      const [who, where] = await Promise.all([api.session(), api.city()]);
      city.value = where;
      session.value = who;
    } catch (thrown) {
      const problem = Problem.from(thrown);
      if (problem.status === 401) {
        session.value = null;
      } else {
        await import('./unreachable');
        this.problem = problem;
        window.setTimeout(() => {
          this.problem = null;
          void this.#begin();
        }, 4_000);
      }
    }
    await shell;
  }

  async #signedOut(): Promise<void> {
    await import('../sign-in/sign-in-page');
    this.signInReady = true;
    session.value = null;
    city.value = null;
  }
}
