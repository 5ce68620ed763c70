// SPDX-License-Identifier: Apache-2.0
import { type TemplateResult, css, html, nothing } from 'lit';
import { classMap } from 'lit/directives/class-map.js';

import type { IncidentSummary } from '../api/types';
import { peopleText, percentText, probabilityWords } from '../format/number';
import { tickingAgeText } from '../format/time';
import { levelWords, plural, reasonWords, statusWords } from '../format/words';
import type { Directory } from '../state/directory';
import { nameOf } from '../state/people';
import { glyph, levelSign } from '../style/glyphs';
import type { Mark } from './attention';
import { isLive } from './order';

export interface CardState {
  readonly selected: boolean;
  readonly mark: Mark;
  readonly now_ms: number;
  /** Its number in the story to which it belongs, from 1; 0 if to none. */
  readonly inStory: number;
}

/** Who has the incident, or what became of it. */
export function standing(incident: IncidentSummary): string {
  switch (incident.status) {
    case 'OPEN':
      return 'Open';
    case 'ACKNOWLEDGED':
      return incident.acknowledgedBy === null ? 'Acknowledged' : `Ack. ${nameOf(incident.acknowledgedBy)}`;
    case 'ASSIGNED':
      return incident.assignee === null ? 'Assigned' : `→ ${nameOf(incident.assignee)}`;
    case 'DISMISSED':
      return incident.dismissal === null ? 'Dismissed' : `Dismissed: ${reasonWords(incident.dismissal).toLowerCase()}`;
    case 'RESOLVED':
    case 'MERGED':
      return statusWords(incident.status);
  }
}

/** At which site it is; where there, the title says. */
export function placeText(incident: IncidentSummary, directory: Directory | null): string {
  return directory?.siteName(incident.site) ?? incident.site;
}

/** One incident in the queue. All cards are of one height: nothing moves when their words change. */
export function incidentCard(incident: IncidentSummary, directory: Directory | null, state: CardState): TemplateResult {
  const { level } = incident;
  const live = isLive(incident.status);
  const classes = {
    card: true,
    [level.toLowerCase()]: true,
    selected: state.selected,
    unattended: incident.status === 'OPEN',
    closed: !live,
    joined: state.inStory > 0,
  };
  const age_ms = state.now_ms - Date.parse(incident.openedAt);
  return html`<div
    class=${classMap(classes)}
    role="option"
    id="card-${incident.id}"
    data-testid="incident-card"
    data-incident=${incident.id}
    data-level=${level}
    data-status=${incident.status}
    aria-selected=${state.selected ? 'true' : 'false'}
  >
    <div class="sign">${levelSign(level, 22)}</div>
    <div class="body">
      <div class="first">
        <span class="level">${levelWords(level)}</span>
        ${state.inStory === 0 ? nothing : html`<span class="story-number" title="Number ${state.inStory} of a joined story (C opens it)">${state.inStory}</span>`}
        ${state.mark === null
          ? nothing
          : html`<span class="mark">${state.mark === 'new' ? 'New' : html`${glyph('up', 10)} Raised`}</span>`}
        ${incident.exercise === null ? nothing : html`<span class="tag exercise">Exercise</span>`}
        <span class="age" title="Opened ${incident.openedAt}">${tickingAgeText(age_ms)}</span>
      </div>
      <div class="title" data-testid="incident-title" title=${incident.title}>
        ${incident.title === '' ? 'Being assessed' : incident.title}
      </div>
      <div class="facts">
        <span>${probabilityWords(incident.probability)} <b>${percentText(incident.probability)}</b></span>
        <span class="people" title="People exposed">${glyph('people', 13)} ${peopleText(incident.exposedPeople)}</span>
        <span class="count" title="${incident.evidenceCount} ${plural(incident.evidenceCount, 'piece')} of evidence"
          >${glyph('evidence', 12)} ${incident.evidenceCount}</span
        >
      </div>
      <div class="last">
        <span class="place ellipsis">${placeText(incident, directory)}</span>
        <span class="standing ellipsis">${standing(incident)}</span>
      </div>
    </div>
  </div>`;
}

export const cardStyles = css`
  .card {
    position: relative;
    display: grid;
    grid-template-columns: 22px minmax(0, 1fr);
    gap: 10px;
    height: 106px;
    margin: 0 8px 6px;
    padding: 9px 10px 8px 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--raised);
    cursor: pointer;
    overflow: hidden;
    contain: layout paint;
  }
  .card.joined::after {
    content: '';
    position: absolute;
    inset: 0 0 0 auto;
    width: 3px;
    background: var(--campaign);
    opacity: 0.75;
  }
  .card:hover {
    background: var(--hover);
  }
  .card.selected {
    border-color: var(--accent);
    background: var(--accent-ground);
  }
  .card::before {
    content: '';
    position: absolute;
    inset: 0 auto 0 0;
    width: 3px;
    background: var(--level);
    opacity: 0.9;
  }
  .card.critical {
    --level: var(--critical);
  }
  .card.high {
    --level: var(--high);
  }
  .card.medium {
    --level: var(--medium);
  }
  .card.low {
    --level: var(--low);
  }
  .card.negligible {
    --level: var(--negligible);
  }
  /* Nobody has acknowledged it: the bar on its side beats. */
  @keyframes beat {
    50% {
      opacity: 0.25;
    }
  }
  .card.unattended.critical::before,
  .card.unattended.high::before {
    width: 4px;
    animation: beat 1.2s ease-in-out infinite;
  }
  .card.closed {
    opacity: 0.72;
  }
  .body {
    min-width: 0;
    display: grid;
    grid-template-rows: 18px 35px 18px 16px;
    row-gap: 1px;
  }
  .first {
    display: flex;
    align-items: center;
    gap: 5px;
    min-width: 0;
  }
  .first .tag {
    height: 16px;
    padding: 0 5px;
    font-size: 10px;
    letter-spacing: 0.02em;
  }
  .level {
    color: var(--level);
    font-size: 11px;
    font-weight: 700;
    letter-spacing: 0.06em;
    text-transform: uppercase;
  }
  .mark {
    display: inline-flex;
    align-items: center;
    gap: 2px;
    height: 16px;
    padding: 0 4px;
    border-radius: 4px;
    background: var(--text);
    color: #101315;
    font-size: 10px;
    font-weight: 700;
    letter-spacing: 0.04em;
    text-transform: uppercase;
  }
  .age {
    margin-left: auto;
    color: var(--text-quiet);
    font-size: 12px;
    white-space: nowrap;
  }
  .title {
    text-wrap: pretty;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    align-self: start;
    overflow: hidden;
    font-size: 13px;
    font-weight: 600;
    line-height: 17px;
  }
  .facts,
  .last {
    display: flex;
    align-items: center;
    gap: 8px;
    min-width: 0;
    color: var(--text-quiet);
    font-size: 12px;
    white-space: nowrap;
  }
  .facts b {
    color: var(--text);
    font-weight: 600;
  }
  .facts span {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }
  .facts .people {
    margin-left: auto;
  }
  .last {
    color: var(--text-faint);
    font-size: 11.5px;
    justify-content: space-between;
  }
  .last .place {
    flex: 1 1 auto;
    min-width: 60px;
  }
  .last .standing {
    flex: 0 0 auto;
    max-width: 62%;
    color: var(--text-quiet);
  }
  .card.unattended .standing {
    color: var(--text);
    font-weight: 600;
  }
`;
