// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';

import { api } from '../api/client';
import { Problem } from '../api/problem';
import type { ExerciseScript } from '../api/types';
import { durationText } from '../format/time';
import { picture } from '../live';
import { Watch } from '../state/signal';
import { base } from '../style/base';
import { dialogStyles } from '../style/dialog';
import { glyph } from '../style/glyphs';
import { endExercise } from './end-exercise';

/** The exercise director's list: choose one, confirm, and it begins. */
@customElement('polias-exercises')
export class ExerciseDialog extends LitElement {
  @state() private scripts: readonly ExerciseScript[] | null = null;
  @state() private confirming: string | null = null;
  @state() private sending = false;
  @state() private problem: Problem | null = null;
  @query('dialog') private dialog!: HTMLDialogElement;

  constructor() {
    super();
    new Watch(this, picture.exercise);
  }

  show(): void {
    this.confirming = null;
    this.problem = null;
    this.dialog.showModal();
    api.exercises().then(
      (scripts) => (this.scripts = scripts),
      (thrown: unknown) => (this.problem = Problem.from(thrown)),
    );
  }

  override render(): TemplateResult {
    const running = picture.exercise.value;
    return html`<dialog aria-labelledby="title" @click=${this.#backdrop}>
      <header>
        <h2 id="title">Exercises</h2>
        <p>Everything that arises during one is marked as an exercise, for everyone.</p>
      </header>
      <div class="content">
        ${running === null
          ? nothing
          : html`<div class="running">
              <span><b>${running.title}</b> is running.</span>
              <button @click=${() => endExercise(running.id)}>${glyph('stop', 13)} End it</button>
            </div>`}
        <ul>
          ${(this.scripts ?? []).map((script) => this.#script(script, running !== null))}
          ${this.scripts === null && this.problem === null ? html`<li class="skeleton space"></li>` : nothing}
          ${this.scripts?.length === 0 ? html`<li class="none">This city has no exercises.</li>` : nothing}
        </ul>
      </div>
      <div class="problem" role="alert">
        ${this.problem === null ? nothing : html`<b>${this.problem.message}</b> ${this.problem.advice}`}
      </div>
      <footer><button class="plain" @click=${() => this.dialog.close()}>Close <kbd>Esc</kbd></button></footer>
    </dialog>`;
  }

  #script(script: ExerciseScript, busy: boolean): TemplateResult {
    const confirming = this.confirming === script.id;
    return html`<li class=${confirming ? 'confirming' : ''}>
      <div class="what">
        <b>${script.title}</b>
        <p>${script.description}</p>
        <p class="faint">${durationText(script.duration_s)}</p>
      </div>
      <div class="do">
        ${confirming
          ? html`<button
                class="primary"
                data-testid="exercise-confirm"
                ?disabled=${this.sending}
                @click=${() => this.#begin(script.id)}
              >
                ${this.sending ? html`<span class="spinner"></span>` : nothing} Yes, begin
              </button>
              <button class="plain" @click=${() => (this.confirming = null)}>No</button>`
          : html`<button
              data-testid="exercise-start-${script.id}"
              ?disabled=${busy}
              title=${busy ? 'One exercise at a time' : ''}
              @click=${() => (this.confirming = script.id)}
            >
              ${glyph('play', 13)} Begin
            </button>`}
      </div>
    </li>`;
  }

  async #begin(id: string): Promise<void> {
    this.sending = true;
    this.problem = null;
    try {
      await api.beginExercise(id);
      this.dialog.close();
    } catch (thrown) {
      this.problem = Problem.from(thrown);
      this.confirming = null;
    } finally {
      this.sending = false;
    }
  }

  readonly #backdrop = (event: MouseEvent): void => {
    if (event.target === this.dialog) {
      this.dialog.close();
    }
  };

  static override styles = [
    base,
    dialogStyles,
    css`
      dialog {
        width: 680px;
      }
      ul {
        display: grid;
        grid-auto-rows: max-content;
        gap: 8px;
        max-height: 56vh;
        overflow-y: auto;
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 172px;
        gap: 16px;
        align-items: center;
        min-height: 84px;
        padding: 10px 12px 10px 14px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
      }
      li.confirming {
        border-color: var(--exercise);
      }
      li b {
        font-weight: 600;
      }
      li p {
        color: var(--text-quiet);
        font-size: 12.5px;
      }
      li .faint {
        color: var(--text-faint);
      }
      .do {
        display: flex;
        justify-content: flex-end;
        gap: 4px;
      }
      .running {
        display: flex;
        align-items: center;
        justify-content: space-between;
        padding: 8px 10px 8px 14px;
        border-radius: var(--radius);
        background: var(--exercise-ground);
      }
      .none,
      .space {
        display: block;
        padding-top: 28px;
        color: var(--text-faint);
        text-align: center;
      }
    `,
  ];
}
