// SPDX-License-Identifier: Apache-2.0
import { LitElement, type PropertyValues, type TemplateResult, css, html, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';

import { api } from '../api/client';
import { Problem } from '../api/problem';
import type { Campaign, CampaignEvidence, CampaignEvidenceKind, Level, StoryLine } from '../api/types';
import { percentText, signedText } from '../format/number';
import { clockText, momentText, tickingAgeText } from '../format/time';
import { levelWords, plural, words } from '../format/words';
import { picture } from '../live';
import { go } from '../router';
import { clock, second } from '../state/clock';
import { directoryOf } from '../state/directory';
import { pointed } from '../state/selection';
import { city } from '../state/session';
import { Watch } from '../state/signal';
import { balanceStyles } from '../style/balance';
import { base } from '../style/base';
import { LEVEL_COLOURS, LEVEL_SHAPES, glyph, levelSign } from '../style/glyphs';
import { extentText } from './campaign-card';
import { chartOf } from './story-chart';

const LANE_PX = 50;
const LANE_TOP_PX = 12;
const AXIS_PX = 22;
const MARGIN_PX = 26;

const KIND_NOTES: Readonly<Record<CampaignEvidenceKind, string>> = {
  PRIOR: 'prior',
  SHARED_ENTITY: 'in common',
  SHARED_SEGMENT: 'in common',
  COINCIDENCE: 'against coincidence',
  SEQUENCE: 'known order of steps',
  TIME: 'time',
  CYBER_PHYSICAL: 'network and world together',
  TRAVEL: 'way between sites',
  CONTRADICTION: 'speaks against',
};

/** One campaign, whole: the story in order over its sites, and why its incidents are held to be one story. */
@customElement('polias-campaign')
export class CampaignPage extends LitElement {
  @property() campaign = '';
  @state() private whole: Campaign | null = null;
  @state() private problem: Problem | null = null;
  @state() private width = 600;
  #asked = '';
  #resize: ResizeObserver | null = null;

  constructor() {
    super();
    new Watch(this, picture.campaigns, picture.incidents, second, city, pointed);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize = new ResizeObserver(([entry]) => {
      this.width = Math.round(entry?.contentRect.width ?? this.width);
    });
    this.#resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize?.disconnect();
    pointed.value = null;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('campaign')) {
      this.whole = null;
      this.problem = null;
    }
    const wanted = `${this.campaign}/${picture.campaigns.value.get(this.campaign)?.revision ?? 'over'}`;
    if (wanted !== this.#asked) {
      this.#asked = wanted;
      void this.#load(this.campaign);
    }
  }

  async #load(id: string): Promise<void> {
    try {
      const whole = await api.campaign(id);
      if (id === this.campaign && (this.whole?.revision ?? 0) <= whole.revision) {
        this.whole = whole;
        this.problem = null;
      }
    } catch (thrown) {
      if (id === this.campaign) {
        this.problem = Problem.from(thrown);
      }
    }
  }

  override render(): TemplateResult {
    const { whole, problem } = this;
    if (whole === null) {
      return problem === null
        ? html`<div class="head">${back()}<div class="skeleton title-space"></div></div>`
        : html`<div class="head">${back()}</div>
            <div class="missing" role="alert">
              <b>${problem.status === 404 ? 'There is no such story.' : problem.message}</b>
              <p>${problem.advice ?? 'It may have been cleared with its data.'}</p>
            </div>`;
    }
    return html`
      ${this.#head(whole)}
      <div class="scroll" tabindex="-1">
        ${problem === null ? nothing : html`<p class="stale" role="alert">This may be out of date: ${problem.message}</p>`}
        <section aria-labelledby="what">
          <h2 id="what" class="heading">What happened, in order</h2>
          ${this.#chart(whole)}
          <ol class="story" data-testid="story">
            ${whole.story.map((line) => this.#line(whole, line))}
          </ol>
        </section>
        <section aria-labelledby="ties">
          <h2 id="ties" class="heading">Why it is one story</h2>
          ${this.#ledger(whole)}
        </section>
      </div>
    `;
  }

  #head(campaign: Campaign): TemplateResult {
    const directory = city.value === null ? null : directoryOf(city.value);
    const timeZone = city.value?.timeZone ?? 'UTC';
    const now = clock.now();
    return html`<div class="head ${campaign.level.toLowerCase()}">
      <div class="headline">
        ${back()}
        <div class="chain" aria-hidden="true">${glyph('link', 26)}</div>
        <div class="naming">
          <div class="over">
            <span class="kind">One story</span>
            ${campaign.status === 'OPEN' ? nothing : html`<span class="tag">${campaign.status === 'MERGED' ? 'Part of another' : 'Over'}</span>`}
            ${campaign.exercise === null ? nothing : html`<span class="tag exercise">Exercise</span>`}
            ${campaign.simulated ? html`<span class="tag">Simulated</span>` : nothing}
            <span class="faint mono id">${campaign.id}</span>
          </div>
          <h1 data-testid="campaign-heading" title=${campaign.title}>${campaign.title}</h1>
          <p class="where">${glyph('pin', 13)} ${extentText(campaign, directory)}</p>
        </div>
        <dl>
          <div>
            <dt>Coordinated</dt>
            <dd data-testid="campaign-probability">${percentText(campaign.probability)}</dd>
            <dd class="sub">rather than chance</dd>
          </div>
          <div>
            <dt>Highest level</dt>
            <dd class="worst">${levelSign(campaign.level, 17)} ${levelWords(campaign.level)}</dd>
            <dd class="sub">of its incidents</dd>
          </div>
          <div>
            <dt>Began</dt>
            <dd>${tickingAgeText(now - Date.parse(campaign.startedAt))} ago</dd>
            <dd class="sub">at ${momentText(Date.parse(campaign.startedAt), now, timeZone)}</dd>
          </div>
        </dl>
      </div>
    </div>`;
  }

  /** A lane for each site, time from left to right; the line goes from incident to incident in the order of happening. */
  #chart(campaign: Campaign): TemplateResult {
    const { lanes, stops } = chartOf(campaign);
    const directory = city.value === null ? null : directoryOf(city.value);
    const timeZone = city.value?.timeZone ?? 'UTC';
    const left = Math.min(170, this.width * 0.24);
    const width = Math.max(320, this.width - (this.width > 1000 ? 58 : 42));
    const x = (share: number): number => left + MARGIN_PX + share * (width - left - 2 * MARGIN_PX);
    const y = (lane: number): number => LANE_TOP_PX + lane * LANE_PX + LANE_PX / 2;
    const height = LANE_TOP_PX + lanes.length * LANE_PX + AXIS_PX;
    const joined = stops.filter(({ number }) => number > 0);
    let labelled = -Infinity;
    return html`<svg class="chart" width=${width} height=${height} viewBox="0 0 ${width} ${height}" role="img"
      aria-label="The incidents of the story on a line for each site, in time">
      ${lanes.map(
        (site, lane) => svg`
          <line class="lane" x1=${left} x2=${width} y1=${y(lane)} y2=${y(lane)} />
          <text class="site" x="0" y=${y(lane) + 4}>${shorten(directory?.siteName(site) ?? site, left)}</text>`,
      )}
      <polyline class="thread" points=${joined.map((stop) => `${x(stop.x)},${y(stop.lane)}`).join(' ')} />
      ${stops.map((stop) => {
        const label = x(stop.x) - labelled >= 58;
        labelled = label ? x(stop.x) : labelled;
        const level = this.#level(campaign, stop.incident);
        const lit = pointed.value?.kind === 'incident' && pointed.value.id === stop.incident;
        return svg`<g
            class=${`stop ${stop.number === 0 ? 'left' : ''} ${lit ? 'lit' : ''}`}
            @click=${() => go({ page: 'incident', id: stop.incident })}
            @pointerenter=${() => point(stop.incident)}
            @pointerleave=${() => point(null)}
          >
            <circle class="ring" cx=${x(stop.x)} cy=${y(stop.lane)} r="16" />
            <g transform="translate(${x(stop.x) - 10} ${y(stop.lane) - 10}) scale(0.833)">
              <path d=${LEVEL_SHAPES[level]} fill=${LEVEL_COLOURS[level]} />
            </g>
            ${
              stop.number === 0
                ? nothing
                : svg`<circle class="badge" cx=${x(stop.x) + 12} cy=${y(stop.lane) - 12} r="7.5" />
                  <text class="number" x=${x(stop.x) + 12} y=${y(stop.lane) - 8.5}>${stop.number}</text>`
            }
          </g>
          ${label ? svg`<line class="tick" x1=${x(stop.x)} x2=${x(stop.x)} y1=${y(stop.lane) + 17} y2=${height - AXIS_PX + 4} />
            <text class="time" x=${x(stop.x)} y=${height - 5}>${clockText(stop.at_ms, timeZone)}</text>` : nothing}`;
      })}
    </svg>`;
  }

  #line(campaign: Campaign, line: StoryLine): TemplateResult {
    const timeZone = city.value?.timeZone ?? 'UTC';
    const number = campaign.members.findIndex(({ incident }) => incident === line.incident) + 1;
    const lit = pointed.value?.kind === 'incident' && pointed.value.id === line.incident;
    return html`<li>
      <button
        class="chapter ${line.current ? '' : 'gone'} ${lit ? 'lit' : ''}"
        data-testid="story-line"
        data-incident=${line.incident}
        title="Open this incident"
        @click=${() => go({ page: 'incident', id: line.incident })}
        @pointerenter=${() => point(line.incident)}
        @pointerleave=${() => point(null)}
      >
        <span class="time">${momentText(Date.parse(line.at), clock.now(), timeZone)}</span>
        <span class="ordinal">${number === 0 ? '–' : number}</span>
        <span class="sign">${levelSign(this.#level(campaign, line.incident), 18)}</span>
        <span class="sentence">${line.sentence}</span>
        <span class="go">${glyph('open', 14)}</span>
      </button>
    </li>`;
  }

  #ledger(campaign: Campaign): TemplateResult {
    const reach = Math.max(1, ...campaign.ledger.map(({ logOdds }) => Math.abs(logOdds)));
    return html`
      <div class="columns" aria-hidden="true">
        <span>What was weighed for one actor and against chance, in log-odds</span>
        <span class="axis"><span>against</span><span>for</span></span>
        <span class="right">Weight</span>
      </div>
      <ul class="lines">
        ${campaign.ledger.map((line) => this.#weighed(campaign, line, reach))}
      </ul>
      <div class="total" data-testid="campaign-total">
        <span>Together <b>${signedText(campaign.logOdds)}</b><span class="quiet">: coordinated with a probability of</span> <b>${percentText(campaign.probability)}</b></span>
        <span></span>
        <b class="right">${signedText(campaign.logOdds)}</b>
      </div>
    `;
  }

  #weighed(campaign: Campaign, line: CampaignEvidence, reach: number): TemplateResult {
    const share = (Math.abs(line.logOdds) / reach) * 50;
    const numbers = line.incidents
      .map((id) => campaign.members.findIndex(({ incident }) => incident === id) + 1)
      .filter((number) => number > 0);
    const all = line.kind === 'PRIOR' || numbers.length > 8;
    return html`<li class="weighed ${line.kind.toLowerCase()}" data-testid="campaign-evidence" data-kind=${line.kind} data-weight=${line.logOdds}>
      <span class="what">
        <span>${line.sentence}</span>
        <span class="note">
          ${KIND_NOTES[line.kind] ?? words(line.kind)}
          ${all
            ? html`<span>· ${numbers.length} ${plural(numbers.length, 'incident')}</span>`
            : numbers.map((number) => html`<span class="ordinal small">${number}</span>`)}
        </span>
      </span>
      <span class="axis">
        <span
          class="bar ${line.logOdds >= 0 ? 'for' : 'against'}"
          .style=${line.logOdds >= 0 ? `left:50%;width:${share}%` : `right:50%;width:${share}%`}
        ></span>
      </span>
      <span class="right weight ${line.logOdds > 0 ? 'for' : line.logOdds < 0 ? 'against' : ''}">${signedText(line.logOdds)}</span>
    </li>`;
  }

  #level(campaign: Campaign, incident: string): Level {
    return (
      picture.incidents.value.get(incident)?.level ??
      campaign.members.find((member) => member.incident === incident)?.level ??
      'NEGLIGIBLE'
    );
  }

  static override styles = [
    base,
    balanceStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        min-width: 0;
        background: var(--ground);
      }
      .head {
        flex: none;
        padding: 14px 20px 12px;
        border-bottom: 1px solid var(--line);
        background: var(--panel);
      }
      .back {
        align-self: start;
        width: 30px;
        min-height: 46px;
        padding: 0;
        color: var(--text-quiet);
      }
      .headline {
        display: grid;
        grid-template-columns: 30px 46px minmax(0, 1fr);
        gap: 4px 12px;
        margin-left: -12px;
      }
      .chain {
        display: grid;
        place-items: center;
        width: 46px;
        height: 46px;
        border: 1px solid color-mix(in srgb, var(--campaign) 45%, transparent);
        border-radius: 8px;
        background: var(--campaign-ground);
        color: var(--campaign);
      }
      .over {
        display: flex;
        align-items: center;
        gap: 10px;
        height: 18px;
        font-size: 12px;
      }
      .kind {
        color: var(--campaign);
        font-weight: 700;
        letter-spacing: 0.06em;
        text-transform: uppercase;
      }
      .id {
        margin-left: auto;
      }
      h1 {
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 3;
        overflow: hidden;
        font-size: 19px;
        font-weight: 600;
        line-height: 1.25;
        letter-spacing: -0.005em;
        text-wrap: pretty;
      }
      .where {
        display: flex;
        align-items: center;
        gap: 5px;
        margin-top: 2px;
        color: var(--text-quiet);
      }
      dl {
        grid-column: 1 / -1;
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: 1px;
        margin: 10px 0 0 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--line);
        overflow: hidden;
      }
      dl > div {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        column-gap: 8px;
        align-items: baseline;
        min-width: 0;
        padding: 5px 12px 6px;
        background: var(--panel);
      }
      dt {
        grid-column: 1 / -1;
        color: var(--text-faint);
        font-size: 11px;
      }
      dd {
        font-size: 15px;
        font-weight: 600;
        line-height: 1.3;
        white-space: nowrap;
      }
      dd.sub {
        overflow: hidden;
        color: var(--text-quiet);
        font-size: 12px;
        font-weight: 400;
        text-overflow: ellipsis;
      }
      .worst {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      .scroll {
        flex: 1;
        min-height: 0;
        padding: 16px 20px 28px;
        overflow-y: auto;
        scrollbar-gutter: stable;
      }
      section + section {
        margin-top: 22px;
      }
      .chart {
        display: block;
        max-width: 100%;
        margin: 4px 0 8px;
      }
      .lane {
        stroke: var(--line);
        stroke-width: 1;
      }
      .site {
        fill: var(--text-quiet);
        font: 600 12px/1 var(--font);
      }
      .thread {
        fill: none;
        stroke: var(--campaign);
        stroke-width: 2;
        stroke-linejoin: round;
        opacity: 0.85;
      }
      .stop {
        cursor: pointer;
      }
      .stop .ring {
        fill: var(--ground);
        stroke: transparent;
        stroke-width: 1.5;
      }
      .stop:hover .ring,
      .stop.lit .ring {
        stroke: var(--campaign);
      }
      .stop.left {
        opacity: 0.45;
      }
      .badge {
        fill: var(--campaign);
        stroke: var(--ground);
        stroke-width: 2;
      }
      .number {
        fill: #0d1a14;
        font: 700 10px/1 var(--font);
        text-anchor: middle;
      }
      .tick {
        stroke: var(--line-strong);
        stroke-dasharray: 2 3;
      }
      .chart .time {
        fill: var(--text-faint);
        font: 400 11px/1 var(--font);
        text-anchor: middle;
      }
      .story li {
        border-top: 1px solid var(--line);
      }
      .story li:last-child {
        border-bottom: 1px solid var(--line);
      }
      .chapter {
        display: grid;
        grid-template-columns: 64px 20px 20px minmax(0, 1fr) 16px;
        gap: 10px;
        align-items: center;
        width: 100%;
        min-height: 42px;
        padding: 7px 8px;
        border: 0;
        border-radius: 0;
        background: transparent;
        text-align: left;
        white-space: normal;
      }
      .chapter.lit:not(:disabled) {
        background: var(--hover);
      }
      .chapter .time {
        color: var(--text-faint);
        font-size: 12px;
      }
      .chapter .sentence {
        line-height: 1.4;
        text-wrap: pretty;
      }
      .chapter .go {
        color: var(--text-faint);
      }
      .chapter.gone .sentence {
        color: var(--text-faint);
      }
      .chapter.gone .sign {
        opacity: 0.45;
      }
      .ordinal {
        display: inline-grid;
        place-items: center;
        width: 18px;
        height: 18px;
        border-radius: 50%;
        background: var(--campaign);
        color: #0d1a14;
        font-size: 11px;
        font-weight: 700;
        line-height: 1;
      }
      .gone .ordinal {
        background: transparent;
        color: var(--text-faint);
      }
      .ordinal.small {
        width: 14px;
        height: 14px;
        background: color-mix(in srgb, var(--campaign) 24%, transparent);
        color: var(--campaign);
        font-size: 9.5px;
      }
      .columns,
      .weighed,
      .total {
        display: grid;
        grid-template-columns: minmax(0, 1fr) clamp(90px, 22%, 220px) 56px;
        gap: 12px;
        align-items: center;
      }
      .columns {
        margin-top: 6px;
        padding: 0 8px 6px;
        border-bottom: 1px solid var(--line);
        color: var(--text-faint);
        font-size: 11px;
      }
      .columns .axis {
        display: flex;
        justify-content: space-between;
      }
      .columns .axis::before {
        display: none;
      }
      .weighed {
        min-height: 46px;
        padding: 6px 8px;
        border-bottom: 1px solid var(--line);
      }
      .what {
        display: grid;
        gap: 2px;
        min-width: 0;
        line-height: 1.35;
      }
      .weighed.prior .what {
        color: var(--text-quiet);
      }
      .note {
        display: flex;
        align-items: center;
        gap: 4px;
        color: var(--text-faint);
        font-size: 11px;
      }
      .right {
        text-align: right;
      }
      .weight {
        color: var(--text-faint);
        font-weight: 600;
      }
      .weight.for {
        color: var(--for);
      }
      .weight.against {
        color: var(--against);
      }
      .total {
        min-height: 44px;
        padding: 6px 8px;
      }
      .title-space {
        height: 46px;
      }
      .missing {
        display: grid;
        gap: 6px;
        padding: 72px 32px;
        color: var(--text-quiet);
        text-align: center;
      }
      .missing b {
        color: var(--text);
        font-size: 16px;
        font-weight: 600;
      }
      .stale {
        margin-bottom: 12px;
        color: var(--warning);
      }
      @media (min-width: 1600px) {
        .head {
          padding: 18px 28px 16px;
        }
        .headline {
          grid-template-columns: 30px 46px minmax(0, 1fr) auto;
          gap: 4px 16px;
          margin-left: -16px;
        }
        dl {
          grid-column: auto;
          grid-template-columns: repeat(3, minmax(120px, auto));
          margin: 0;
          align-self: center;
        }
        dl > div {
          grid-template-columns: auto;
          padding: 8px 14px 9px;
        }
        dd {
          font-size: 18px;
        }
        h1 {
          font-size: 23px;
        }
        .scroll {
          padding: 20px 28px 36px;
        }
      }
    `,
  ];
}

function point(incident: string | null): void {
  pointed.value = incident === null ? null : { kind: 'incident', id: incident };
}

function back(): TemplateResult {
  return html`<button class="plain back" aria-label="Back to the city" title="Back to the city (Esc)" @click=${() => go({ page: 'picture' })}>
    ${glyph('back', 18)}
  </button>`;
}

/** A name that fits into {@code width_px}, by the mean width of a letter. */
function shorten(name: string, width_px: number): string {
  const most = Math.max(4, Math.floor(width_px / 6.9));
  return name.length <= most ? name : `${name.slice(0, most - 1)}…`;
}
