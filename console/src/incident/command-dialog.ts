// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';

import { api } from '../api/client';
import { Problem } from '../api/problem';
import {
  type Command,
  type CommandName,
  DISMISSAL_REASONS,
  type DismissalReason,
  type IncidentSummary,
  type LedgerLine,
  type User,
} from '../api/types';
import { levelWords, reasonWords } from '../format/words';
import { percentText } from '../format/number';
import { picture } from '../live';
import { compare, isLive } from '../queue/order';
import { session } from '../state/session';
import { base } from '../style/base';
import { dialogStyles } from '../style/dialog';
import { glyph, levelSign } from '../style/glyphs';
import { findCommand } from './commands';
import { send } from './pending';

const EXPLANATIONS: Readonly<Record<DismissalReason, string>> = {
  FALSE_ALARM: 'Nothing of the kind happened',
  HARMLESS_CAUSE: 'It happened and is harmless',
  PLANNED_ACTIVITY: 'Announced works, event or test',
  SENSOR_FAULT: 'A sensor reported what is not so',
  DUPLICATE: 'Another incident already says it',
  EXERCISE: 'Part of an exercise',
};

/** Asks what a command needs to know, sends it, and says so if it is refused. */
@customElement('polias-command-dialog')
export class CommandDialog extends LitElement {
  @state() private command: CommandName | null = null;
  @state() private incident: IncidentSummary | null = null;
  @state() private users: readonly User[] | null = null;
  @state() private chosen: string | null = null;
  @state() private lines: readonly LedgerLine[] | null = null;
  @state() private leaving: ReadonlySet<string> = new Set();
  @state() private filter = '';
  @state() private problem: Problem | null = null;
  @state() private sending = false;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('textarea') private note!: HTMLTextAreaElement | null;

  ask(command: CommandName, incident: IncidentSummary): void {
    this.command = command;
    this.incident = incident;
    this.chosen = null;
    this.filter = '';
    this.problem = null;
    this.sending = false;
    this.lines = null;
    this.leaving = new Set();
    if (command === 'split') {
      api.incident(incident.id).then(
        (detail) => (this.lines = detail.ledger.filter(({ kind }) => kind === 'EVIDENCE')),
        (thrown: unknown) => (this.problem = Problem.from(thrown)),
      );
    }
    if (command === 'assign') {
      this.chosen = incident.assignee ?? session.value?.user ?? null;
      api.users().then(
        (users) => (this.users = users),
        (thrown: unknown) => (this.problem = Problem.from(thrown)),
      );
    }
    void this.updateComplete.then(() => {
      if (this.note !== null) {
        this.note.value = '';
      }
      this.dialog.showModal();
      this.dialog.querySelector<HTMLElement>('[autofocus], input, textarea')?.focus();
    });
  }

  override render(): TemplateResult {
    const { command, incident } = this;
    return html`<dialog aria-labelledby="title" @close=${() => (this.command = null)} @click=${this.#backdrop}>
      ${command === null || incident === null
        ? nothing
        : html`<form @submit=${this.#submit}>
            <header>
              <h2 id="title">${findCommand(command).label}</h2>
              <p class="ellipsis">${incident.title}</p>
            </header>
            <div class="content">${this.#fields(command)}</div>
            <div class="problem" role="alert">
              ${this.problem === null
                ? nothing
                : html`<b>${this.problem.status === 409 ? 'Refused. ' : ''}${this.problem.message}</b> ${this.problem.advice}`}
            </div>
            <footer>
              <button type="button" class="plain" @click=${() => this.dialog.close()}>Cancel <kbd>Esc</kbd></button>
              <button class="primary" data-testid="dialog-submit" ?disabled=${this.sending || !this.#complete(command)}>
                ${this.sending ? html`<span class="spinner"></span>` : nothing} ${findCommand(command).verb}
              </button>
            </footer>
          </form>`}
    </dialog>`;
  }

  #fields(command: CommandName): TemplateResult {
    switch (command) {
      case 'acknowledge':
        return html``;
      case 'assign':
        return this.#userField();
      case 'merge':
        return this.#targetField();
      case 'split':
        return html`${this.#evidenceField()}
          ${this.#noteField('Note', 'What it is instead')}`;
      case 'dismiss':
        return html`<fieldset>
            <legend class="heading">Reason</legend>
            ${DISMISSAL_REASONS.map(
              (reason) => html`<label class="choice">
                <input
                  type="radio"
                  name="reason"
                  value=${reason}
                  .checked=${this.chosen === reason}
                  @change=${() => (this.chosen = reason)}
                />
                <span><b>${reasonWords(reason)}</b><span>${EXPLANATIONS[reason]}</span></span>
              </label>`,
            )}
          </fieldset>
          ${this.#noteField('Note', 'What was seen, who checked it')}`;
      case 'resolve':
        return this.#noteField('How it ended', 'What was done and who confirmed it');
      case 'reopen':
        return this.#noteField('Why', 'What has come up');
      case 'note':
        return this.#noteField('Note', 'It becomes part of the incident and cannot be changed');
    }
  }

  #noteField(label: string, placeholder: string): TemplateResult {
    return html`<label class="field">
      <span class="heading">${label}</span>
      <textarea
        rows="3"
        maxlength="4000"
        placeholder=${placeholder}
        data-testid="dialog-note"
        @input=${() => this.requestUpdate()}
        @keydown=${this.#submitByKey}
      ></textarea>
    </label>`;
  }

  #userField(): TemplateResult {
    const wanted = this.filter.trim().toLowerCase();
    const users = (this.users ?? []).filter((user) => `${user.name} ${user.user}`.toLowerCase().includes(wanted));
    return html`<label class="field">
        <span class="heading">To whom</span>
        <input
          type="search"
          placeholder="Type a name"
          autocomplete="off"
          data-testid="assign-filter"
          .value=${this.filter}
          @input=${(event: InputEvent) => this.#filterUsers((event.target as HTMLInputElement).value)}
          @keydown=${(event: KeyboardEvent) => this.#moveChoice(event, users.map((user) => user.user))}
        />
      </label>
      <div class="options" role="listbox" aria-label="Users">
        ${this.users === null ? html`<div class="skeleton row"></div>` : nothing}
        ${users.map(
          (user) => html`<div
            class="option"
            role="option"
            aria-selected=${this.chosen === user.user ? 'true' : 'false'}
            data-user=${user.user}
            @click=${() => (this.chosen = user.user)}
          >
            ${glyph('person', 16)} <b>${user.name}</b>
            <span class="faint">${user.user === session.value?.user ? 'you' : user.user}</span>
            <span class="roles faint">${user.roles.join(', ')}</span>
          </div>`,
        )}
        ${this.users !== null && users.length === 0 ? html`<p class="none">Nobody of that name.</p>` : nothing}
      </div>`;
  }

  #targetField(): TemplateResult {
    const targets = [...picture.incidents.value.values()]
      .filter((other) => isLive(other.status) && other.id !== this.incident?.id && other.site === this.incident?.site)
      .sort(compare);
    return html`<p class="quiet">
        This incident's evidence goes to the one that you choose, and this one ends.
      </p>
      <div
        class="options"
        role="listbox"
        aria-label="Incidents"
        tabindex="0"
        autofocus
        @keydown=${(event: KeyboardEvent) => this.#moveChoice(event, targets.map((target) => target.id))}
      >
        ${targets.map(
          (target) => html`<div
            class="option"
            role="option"
            aria-selected=${this.chosen === target.id ? 'true' : 'false'}
            data-target=${target.id}
            @click=${() => (this.chosen = target.id)}
          >
            ${levelSign(target.level, 16)} <b class="ellipsis">${target.title}</b>
            <span class="roles faint">${levelWords(target.level)}, ${percentText(target.probability)}</span>
          </div>`,
        )}
        ${targets.length === 0 ? html`<p class="none">There is no other live incident at this site.</p>` : nothing}
      </div>`;
  }

  #evidenceField(): TemplateResult {
    return html`<p class="quiet">What you choose becomes an incident of its own, and does not come back to this one.</p>
      <fieldset class="options evidence">
        <legend class="unseen">Evidence</legend>
        ${this.lines === null ? html`<div class="skeleton row"></div>` : nothing}
        ${(this.lines ?? []).map(
          (line) => html`<label class="option" data-testid="split-line">
            <input
              type="checkbox"
              .checked=${this.leaving.has(line.key)}
              @change=${(event: Event) => this.#choose(line.key, (event.target as HTMLInputElement).checked)}
            />
            <span class="sentence" title=${line.sentence}>${line.sentence}</span>
          </label>`,
        )}
      </fieldset>`;
  }

  #choose(key: string, leaves: boolean): void {
    const leaving = new Set(this.leaving);
    if (leaves) {
      leaving.add(key);
    } else {
      leaving.delete(key);
    }
    this.leaving = leaving;
  }

  #filterUsers(text: string): void {
    this.filter = text;
    const first = (this.users ?? []).find((user) => `${user.name} ${user.user}`.toLowerCase().includes(text.trim().toLowerCase()));
    this.chosen = first?.user ?? null;
  }

  #moveChoice(event: KeyboardEvent, ids: readonly string[]): void {
    if (event.key === 'Enter') {
      this.dialog.querySelector('form')?.requestSubmit();
      return;
    }
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0 || ids.length === 0) {
      return;
    }
    event.preventDefault();
    const at = ids.indexOf(this.chosen ?? '');
    const next = at < 0 ? (by > 0 ? 0 : ids.length - 1) : Math.min(ids.length - 1, Math.max(0, at + by));
    this.chosen = ids[next] ?? null;
    void this.updateComplete.then(() => {
      this.dialog.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
    });
  }

  readonly #submitByKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      this.dialog.querySelector('form')?.requestSubmit();
    }
  };

  readonly #backdrop = (event: MouseEvent): void => {
    if (event.target === this.dialog && !this.sending) {
      this.dialog.close();
    }
  };

  #complete(command: CommandName): boolean {
    switch (command) {
      case 'assign':
      case 'merge':
      case 'dismiss':
        return this.chosen !== null;
      case 'split':
        return this.leaving.size > 0 && this.leaving.size < (this.lines?.length ?? 0);
      case 'note':
        return (this.note?.value.trim() ?? '') !== '';
      case 'acknowledge':
      case 'resolve':
      case 'reopen':
        return true;
    }
  }

  #built(command: CommandName): Command {
    const note = this.note?.value.trim() ?? '';
    const chosen = this.chosen ?? '';
    switch (command) {
      case 'acknowledge':
        return { command };
      case 'assign':
        return { command, to: chosen };
      case 'merge':
        return { command, target: chosen };
      case 'dismiss':
        return { command, reason: chosen as DismissalReason, note };
      case 'split':
        return { command, evidence: [...this.leaving], note };
      case 'note':
        return { command, text: note };
      case 'resolve':
      case 'reopen':
        return { command, note };
    }
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { command, incident } = this;
    if (command === null || incident === null || this.sending || !this.#complete(command)) {
      return;
    }
    this.sending = true;
    this.problem = null;
    try {
      await send(incident.id, this.#built(command));
      this.dialog.close();
    } catch (thrown) {
      this.problem = Problem.from(thrown);
    } finally {
      this.sending = false;
    }
  };

  static override styles = [
    base,
    dialogStyles,
    css`
      dialog {
        width: 460px;
      }
      .choice {
        display: flex;
        align-items: center;
        gap: 12px;
        padding: 6px 10px;
        border-radius: var(--radius);
        cursor: pointer;
      }
      .choice:hover {
        background: var(--hover);
      }
      .choice > span {
        display: flex;
        flex: 1;
        justify-content: space-between;
        gap: 12px;
      }
      .choice b {
        font-weight: 600;
      }
      .choice span span {
        color: var(--text-faint);
        font-size: 12px;
      }
      legend {
        padding: 0;
        margin-bottom: 4px;
      }
      .options {
        height: 216px;
        overflow-y: auto;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--ground);
      }
      .option {
        display: flex;
        align-items: center;
        gap: 9px;
        height: 36px;
        padding: 0 12px;
        cursor: pointer;
      }
      .option:hover {
        background: var(--hover);
      }
      .option[aria-selected='true'] {
        background: var(--accent-ground);
      }
      .option b {
        font-weight: 600;
        white-space: nowrap;
      }
      .option .roles {
        margin-left: auto;
        font-size: 12px;
        white-space: nowrap;
      }
      .evidence {
        margin: 0 0 12px;
        padding: 0;
      }
      .evidence .option {
        height: auto;
        min-height: 36px;
        padding: 6px 12px;
        align-items: flex-start;
      }
      .evidence input {
        flex: none;
      }
      .sentence {
        display: -webkit-box;
        overflow: hidden;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        font-size: 13px;
        line-height: 1.35;
      }
      .unseen {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
      .none {
        padding: 24px;
        color: var(--text-faint);
        text-align: center;
      }
      .row {
        height: 32px;
        margin: 4px;
      }
    `,
  ];
}
