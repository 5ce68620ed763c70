// SPDX-License-Identifier: Apache-2.0
import { LitElement, type TemplateResult, css, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { api } from '../api/client';
import { Problem } from '../api/problem';
import type { IncidentSummary } from '../api/types';
import { plural } from '../format/words';
import { bindKeys } from '../keys';
import { picture } from '../live';
import { go, route } from '../router';
import { clock, second } from '../state/clock';
import { directoryOf } from '../state/directory';
import { people } from '../state/people';
import { pointed, selection } from '../state/selection';
import { city, session } from '../state/session';
import { Watch } from '../state/signal';
import { base } from '../style/base';
import { levelSign } from '../style/glyphs';
import { campaignCard, campaignCardStyles, findStoryOf, placeInStory } from '../campaign/campaign-card';
import { attention } from './attention-of-operator';
import { cardStyles, incidentCard } from './card';
import { type Arrangement, arrange, isLive } from './order';

type Scope = 'live' | 'mine' | 'closed';

/** How long after the last movement of the pointer or key the queue still holds still. */
const HOLD_MS = 8_000;

/** The incidents that ask for attention, the most critical first. */
@customElement('polias-queue')
export class IncidentQueue extends LitElement {
  @state() private scope: Scope = 'live';
  @state() private closed: readonly IncidentSummary[] | null = null;
  @state() private closedProblem: Problem | null = null;
  @query('.list') private list!: HTMLElement;

  #arrangement: Arrangement = { shown: [], waiting: [] };
  /** The ids of the campaigns that have cards, as long as the queue holds still. */
  #stories: ReadonlySet<string> = new Set();
  #heldUntil = 0;
  #inside = false;
  #stops: (() => void)[] = [];

  constructor() {
    super();
    new Watch(this, picture.incidents, picture.campaigns, picture.complete, selection, second, city, route, people);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stops = [
      bindKeys(['j', 'ArrowDown'], () => this.#step(1)),
      bindKeys(['k', 'ArrowUp'], () => this.#step(-1)),
      bindKeys(['Home'], () => this.#release()),
      bindKeys(['Enter'], () => {
        const chosen = selection.value;
        if (chosen?.kind !== 'incident') {
          return false;
        }
        go({ page: 'incident', id: chosen.id });
        return true;
      }),
      bindKeys(['c'], () => {
        const story = findStoryOf(this.#selectedId() ?? '');
        if (story === undefined) {
          return false;
        }
        go({ page: 'campaign', id: story.id });
        return true;
      }),
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops) {
      stop();
    }
  }

  override willUpdate(): void {
    const { wanted, known } = this.#wanted();
    const held = performance.now() < this.#heldUntil;
    this.#arrangement = arrange(this.#arrangement.shown, wanted, known, held);
    if (!held || this.#stories.size === 0) {
      this.#stories = new Set(picture.campaigns.value.keys());
    }
  }

  override render(): TemplateResult {
    const all = [...picture.incidents.value.values()].filter((incident) => isLive(incident.status));
    const mine = all.filter((incident) => incident.assignee === session.value?.user);
    return html`
      <header>
        <div class="head" aria-live="assertive">${this.#waiting()}</div>
        <div class="scopes" role="tablist" aria-label="Which incidents">
          ${this.#scopeTab('live', 'Live', all.length)} ${this.#scopeTab('mine', 'Mine', mine.length)}
          ${this.#scopeTab('closed', 'Closed', null)}
        </div>
      </header>
      <div
        class="list"
        role="listbox"
        tabindex="0"
        aria-label="Incidents, the most critical first"
        aria-activedescendant=${this.#selectedId() === null ? nothing : `card-${this.#selectedId()}`}
        @pointerenter=${() => this.#hold(true)}
        @pointermove=${() => this.#hold(true)}
        @pointerleave=${() => this.#leave()}
        @click=${this.#clicked}
        @dblclick=${this.#opened}
        @pointerover=${this.#pointed}
      >
        ${this.#cards()}
      </div>
    `;
  }

  #scopeTab(scope: Scope, label: string, n: number | null): TemplateResult {
    return html`<button
      class="plain"
      role="tab"
      aria-selected=${this.scope === scope ? 'true' : 'false'}
      data-testid="scope-${scope}"
      @click=${() => this.#show(scope)}
    >
      ${label}${n === null ? nothing : html`<span class="n">${n}</span>`}
    </button>`;
  }

  #waiting(): TemplateResult {
    const { waiting } = this.#arrangement;
    const worst = waiting.length === 0 ? undefined : picture.incidents.value.get(waiting[0] ?? '');
    if (worst === undefined) {
      return html`<h2 class="heading">Incidents</h2>`;
    }
    const n = waiting.length;
    return html`<button
      class="waiting"
      title="The queue holds still while you point at it. Press Home to show ${n === 1 ? 'it' : 'them'}."
      @click=${() => this.#release()}
    >
      ${levelSign(worst.level, 15)} ${n} new <span class="visually-hidden">${plural(n, 'incident')}</span>
    </button>`;
  }

  #cards(): TemplateResult | TemplateResult[] {
    const { known } = this.#wanted();
    const here = city.value;
    const directory = here === null ? null : directoryOf(here);
    const now_ms = clock.now();
    const selected = this.#selectedId();
    if (!picture.complete.value || (this.scope === 'closed' && this.closed === null && this.closedProblem === null)) {
      return [1, 2, 3].map(() => html`<div class="card-space skeleton" aria-hidden="true"></div>`);
    }
    if (this.scope === 'closed' && this.closedProblem !== null) {
      return html`<p class="empty"><b>${this.closedProblem.message}</b>${this.closedProblem.advice}</p>`;
    }
    if (this.#arrangement.shown.length === 0) {
      return this.#empty();
    }
    const told = new Set<string>();
    return html`${repeat(
      this.#arrangement.shown,
      (id) => id,
      (id) => {
        const incident = known.get(id);
        if (incident === undefined) {
          return nothing;
        }
        const story = findStoryOf(id);
        // Above the first of its incidents in the queue, which keep their places.
        const first = story !== undefined && this.#stories.has(story.id) && !told.has(story.id);
        if (first) {
          told.add(story.id);
        }
        return html`${first
          ? campaignCard(story, directory, {
              selected: route.value.page === 'campaign' && route.value.id === story.id,
              now_ms,
            })
          : nothing}${incidentCard(incident, directory, {
          selected: id === selected,
          mark: attention.mark(incident),
          now_ms,
          inStory: story === undefined ? 0 : placeInStory(story, id),
        })}`;
      },
    )}`;
  }

  #empty(): TemplateResult {
    switch (this.scope) {
      case 'live':
        return html`<p class="empty">
          <b>All quiet</b>
          No incident asks for attention. New ones appear here at once, the most critical first.
        </p>`;
      case 'mine':
        return html`<p class="empty"><b>Nothing is assigned to you</b>Press <kbd>S</kbd> on an incident to assign it.</p>`;
      case 'closed':
        return html`<p class="empty"><b>Nothing was closed yet</b>Resolved, dismissed and merged incidents are kept here.</p>`;
    }
  }

  #wanted(): { wanted: readonly IncidentSummary[]; known: ReadonlyMap<string, IncidentSummary> } {
    const live = picture.incidents.value;
    switch (this.scope) {
      case 'live':
        return { wanted: [...live.values()].filter((incident) => isLive(incident.status)), known: live };
      case 'mine':
        return {
          wanted: [...live.values()].filter(
            (incident) => isLive(incident.status) && incident.assignee === session.value?.user,
          ),
          known: live,
        };
      case 'closed': {
        const known = new Map((this.closed ?? []).map((incident) => [incident.id, incident]));
        for (const incident of live.values()) {
          if (!isLive(incident.status) || known.has(incident.id)) {
            known.set(incident.id, incident);
          }
        }
        return { wanted: [...known.values()].filter((incident) => !isLive(incident.status)), known };
      }
    }
  }

  #selectedId(): string | null {
    const current = route.value;
    if (current.page === 'incident') {
      return current.id;
    }
    return selection.value?.kind === 'incident' ? selection.value.id : null;
  }

  #show(scope: Scope): void {
    this.scope = scope;
    this.#heldUntil = 0;
    if (scope === 'closed') {
      api.incidents('closed').then(
        (incidents) => {
          this.closed = incidents;
          this.closedProblem = null;
        },
        (thrown: unknown) => {
          this.closedProblem = Problem.from(thrown);
        },
      );
    }
  }

  #hold(inside: boolean): void {
    this.#inside = inside;
    this.#heldUntil = performance.now() + HOLD_MS;
  }

  #leave(): void {
    this.#inside = false;
    this.#heldUntil = 0;
    pointed.value = null;
    this.requestUpdate();
  }

  /** Shows everything in its place, from the top. */
  #release(): void {
    this.#heldUntil = 0;
    this.list.scrollTo({ top: 0 });
    this.requestUpdate();
  }

  #idAt(event: Event): string | null {
    const card = event.composedPath().find((node) => node instanceof HTMLElement && node.dataset['incident'] !== undefined);
    return card instanceof HTMLElement ? (card.dataset['incident'] ?? null) : null;
  }

  readonly #clicked = (event: Event): void => {
    const story = event
      .composedPath()
      .find((node): node is HTMLElement => node instanceof HTMLElement && node.dataset['campaign'] !== undefined);
    if (story !== undefined) {
      go({ page: 'campaign', id: story.dataset['campaign'] ?? '' });
      return;
    }
    const id = this.#idAt(event);
    if (id !== null) {
      this.#choose(id);
    }
  };

  readonly #opened = (event: Event): void => {
    const id = this.#idAt(event);
    if (id !== null) {
      go({ page: 'incident', id });
    }
  };

  readonly #pointed = (event: Event): void => {
    const id = this.#idAt(event);
    pointed.value = id === null ? null : { kind: 'incident', id };
  };

  #choose(id: string): void {
    const incident = this.#wanted().known.get(id);
    if (incident !== undefined) {
      attention.look(incident);
    }
    selection.value = { kind: 'incident', id };
    if (route.value.page === 'incident' || route.value.page === 'campaign') {
      go({ page: 'incident', id });
    }
    this.requestUpdate();
  }

  #step(by: number): boolean {
    const { shown } = this.#arrangement;
    if (shown.length === 0) {
      return false;
    }
    if (!this.#inside) {
      this.#hold(false);
    }
    const at = shown.indexOf(this.#selectedId() ?? '');
    const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(shown.length - 1, Math.max(0, at + by));
    const id = shown[next];
    if (id !== undefined) {
      this.#choose(id);
      void this.updateComplete.then(() => {
        this.renderRoot.querySelector(`[data-incident="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'nearest' });
      });
    }
    return true;
  }

  static override styles = [
    base,
    cardStyles,
    campaignCardStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        background: var(--panel);
      }
      header {
        display: flex;
        align-items: center;
        gap: 8px;
        height: 44px;
        padding: 0 8px 0 12px;
        flex: none;
      }
      .scopes {
        display: flex;
        margin-left: auto;
      }
      .scopes button {
        min-height: 28px;
        padding: 0 9px;
        color: var(--text-quiet);
        font-size: 12px;
      }
      .scopes button[aria-selected='true'] {
        background: var(--accent-ground);
        color: var(--text);
      }
      .n {
        min-width: 16px;
        color: var(--text-faint);
        text-align: right;
      }
      button[aria-selected='true'] .n {
        color: var(--text-quiet);
      }
      .waiting {
        min-height: 26px;
        padding: 0 9px 0 7px;
        border-color: var(--text-faint);
        background: var(--pressed);
        font-size: 12px;
        font-weight: 600;
      }
      .list {
        flex: 1;
        min-height: 0;
        overflow-y: auto;
        overscroll-behavior: contain;
        padding-top: 2px;
        scrollbar-gutter: stable;
      }
      .list:focus-visible {
        outline-offset: -3px;
      }
      .card-space {
        height: 106px;
        margin: 0 8px 6px;
      }
      .empty {
        display: grid;
        gap: 6px;
        padding: 72px 32px;
        color: var(--text-quiet);
        text-align: center;
      }
      .empty b {
        color: var(--text);
        font-size: 15px;
        font-weight: 600;
      }
      .empty kbd {
        margin: 0 2px;
      }
    `,
  ];
}
