// SPDX-License-Identifier: Apache-2.0
import { type TemplateResult, css, html, nothing } from 'lit';
import { classMap } from 'lit/directives/class-map.js';

import type { CampaignSummary } from '../api/types';
import { percentText } from '../format/number';
import { tickingAgeText } from '../format/time';
import { plural } from '../format/words';
import { picture } from '../live';
import { routeHash } from '../router';
import type { Directory } from '../state/directory';
import { glyph } from '../style/glyphs';

/** {@code 3 incidents at Stadium district}, {@code 4 incidents at 2 sites}. */
export function extentText(campaign: CampaignSummary, directory: Directory | null): string {
  const sites = new Set(campaign.members.map(({ site }) => site));
  const [only] = sites;
  const where = sites.size === 1 && only !== undefined ? (directory?.siteName(only) ?? only) : `${sites.size} sites`;
  return `${campaign.members.length} ${plural(campaign.members.length, 'incident')} at ${where}`;
}

/** A joined story above its incidents in the queue. */
export function campaignCard(
  campaign: CampaignSummary,
  directory: Directory | null,
  state: { readonly selected: boolean; readonly now_ms: number },
): TemplateResult {
  return html`<div
    class=${classMap({ campaign: true, selected: state.selected })}
    role="link"
    tabindex="-1"
    data-testid="campaign-card"
    data-campaign=${campaign.id}
    title="One story of ${extentText(campaign, directory)}. Open it."
  >
    <span class="chain">${glyph('link', 17)}</span>
    <div class="about">
      <div class="top">
        <span class="kind">One story</span>
        ${campaign.exercise === null ? nothing : html`<span class="tag exercise">Exercise</span>`}
        <span class="since">${tickingAgeText(state.now_ms - Date.parse(campaign.startedAt))}</span>
      </div>
      <div class="name">${campaign.title}</div>
      <div class="sum">
        <span class="ellipsis">${extentText(campaign, directory)}</span>
        <span title="The probability that they are coordinated">joined <b>${percentText(campaign.probability)}</b></span>
      </div>
    </div>
  </div>`;
}

/** Where an incident stands in its story: a number that is the map's and the story's. */
export function placeInStory(campaign: CampaignSummary, incident: string): number {
  return campaign.members.findIndex((member) => member.incident === incident) + 1;
}


/** The open campaign to which an incident belongs. */
export function findStoryOf(incident: string): CampaignSummary | undefined {
  return [...picture.campaigns.value.values()].find(({ members }) => members.some((member) => member.incident === incident));
}

/** From an incident to its story, where it has one. */
export function storyLink(incident: string): TemplateResult | typeof nothing {
  const story = findStoryOf(incident);
  return story === undefined
    ? nothing
    : html`<a class="story-link" data-testid="story-link" href=${routeHash({ page: 'campaign', id: story.id })} title="${story.title} (C)">
        ${glyph('link', 14)}<span>Number ${placeInStory(story, incident)} of ${story.members.length} in one story</span>${glyph('open', 12)}
      </a>`;
}

export const storyLinkStyles = css`
  .story-link {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    width: fit-content;
    height: 24px;
    padding: 0 8px;
    border: 1px solid color-mix(in srgb, var(--campaign) 42%, var(--line));
    border-radius: var(--radius);
    background: var(--campaign-ground);
    color: var(--campaign);
    font-size: 12px;
    font-weight: 600;
    text-decoration: none;
    white-space: nowrap;
  }
  .story-link:hover {
    border-color: var(--campaign);
  }
`;

export const campaignCardStyles = css`
  .campaign {
    position: relative;
    display: grid;
    grid-template-columns: 22px minmax(0, 1fr);
    gap: 10px;
    height: 92px;
    margin: 0 8px 6px;
    padding: 8px 10px 8px 12px;
    border: 1px solid color-mix(in srgb, var(--campaign) 42%, var(--line));
    border-radius: var(--radius);
    background: var(--campaign-ground);
    cursor: pointer;
    overflow: hidden;
    contain: layout paint;
  }
  .campaign:hover {
    border-color: var(--campaign);
  }
  .campaign.selected {
    border-color: var(--campaign);
    box-shadow: inset 0 0 0 1px var(--campaign);
  }
  .campaign .chain {
    padding-top: 1px;
    color: var(--campaign);
  }
  .campaign .about {
    display: grid;
    grid-template-rows: 18px 35px 18px;
    row-gap: 1px;
    min-width: 0;
  }
  .campaign .top,
  .campaign .sum {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    min-width: 0;
    color: var(--text-quiet);
    font-size: 12px;
    white-space: nowrap;
  }
  .campaign .top .tag {
    height: 16px;
    margin-right: auto;
    padding: 0 5px;
    font-size: 10px;
  }
  .campaign .kind {
    color: var(--campaign);
    font-size: 11px;
    font-weight: 700;
    letter-spacing: 0.06em;
    text-transform: uppercase;
  }
  .campaign .name {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    align-self: start;
    overflow: hidden;
    font-size: 13px;
    font-weight: 600;
    line-height: 17px;
    text-wrap: pretty;
  }
  .campaign .sum b {
    color: var(--text);
    font-weight: 600;
  }
  .story-number {
    display: inline-grid;
    place-items: center;
    width: 16px;
    height: 16px;
    border-radius: 50%;
    background: var(--campaign);
    color: #0d1a14;
    font-size: 10px;
    font-weight: 700;
    line-height: 1;
  }
`;
