// SPDX-License-Identifier: Apache-2.0
import { LitElement, type PropertyValues, type TemplateResult, css, html, nothing, unsafeCSS } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import uPlot from 'uplot';
import uplotStyles from 'uplot/dist/uPlot.min.css?inline';

import { quantityText } from '../format/number';
import { clockText, minuteText } from '../format/time';
import { EMPTY, type Series } from './series';

const AXIS = '#8a959d';
const GRID = '#21272c';
const LINE = '#a9c0d1';
const MARK = '#ff9e3d';

/** A line over time, with marks where evidence lies. */
@customElement('polias-chart')
export class SeriesChart extends LitElement {
  @property({ attribute: false }) series: Series = EMPTY;
  /** Moments to mark, in seconds since 1970. */
  @property({ attribute: false }) marks: readonly number[] = [];
  @property() unit = '';
  @property() timeZone = 'UTC';
  @property({ type: Number }) height = 120;
  /** What a screen reader says of it. */
  @property() label = 'Chart';
  /** Shown in place of a line where there is none. */
  @property() empty = 'Nothing was reported in this time.';
  @query('.plot') private holder!: HTMLElement;

  #plot: uPlot | null = null;
  #resize: ResizeObserver | null = null;

  override firstUpdated(): void {
    this.#resize = new ResizeObserver(() => {
      this.#plot?.setSize({ width: this.holder.clientWidth, height: this.height });
    });
    this.#resize.observe(this.holder);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize?.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('unit') || changed.has('timeZone') || changed.has('marks') || changed.has('height')) {
      this.#plot?.destroy();
      this.#plot = null;
    }
    if (this.series.x.length === 0) {
      this.#plot?.destroy();
      this.#plot = null;
      return;
    }
    const data: uPlot.AlignedData = [[...this.series.x], [...this.series.y]];
    if (this.#plot === null) {
      this.#plot = new uPlot(this.#options(), data, this.holder);
    } else {
      this.#plot.setData(data);
    }
  }

  override render(): TemplateResult {
    return html`<div class="plot" role="img" aria-label=${this.label} .style=${`height:${this.height}px`}></div>
      ${this.series.x.length === 0 ? html`<p class="empty">${this.empty}</p>` : nothing}`;
  }

  #options(): uPlot.Options {
    const font = `11px ${getComputedStyle(this).fontFamily}`;
    return {
      width: this.holder.clientWidth,
      height: this.height,
      padding: [8, 20, 0, 0],
      cursor: { y: false, points: { size: 6, fill: LINE, stroke: LINE }, drag: { x: false, y: false } },
      legend: { show: false },
      tzDate: (time) => uPlot.tzDate(new Date(time * 1000), this.timeZone),
      scales: { x: { time: true }, y: { range: (_, low, high) => padded(low, high) } },
      axes: [
        {
          stroke: AXIS,
          font,
          size: 24,
          space: 64,
          grid: { show: false },
          ticks: { stroke: GRID, size: 4 },
          values: (_, splits, __, ___, step) =>
            splits.map((time) => (step < 60 ? clockText(time * 1000, this.timeZone) : minuteText(time * 1000, this.timeZone))),
        },
        {
          stroke: AXIS,
          font,
          size: 44,
          space: 28,
          gap: 4,
          grid: { stroke: GRID, width: 1 },
          ticks: { show: false },
        },
      ],
      series: [
        {},
        {
          stroke: LINE,
          width: 1.4,
          fill: 'rgba(169, 192, 209, 0.07)',
          points: { show: (plot) => plot.data[0].length < 30, size: 4, fill: LINE },
          spanGaps: false,
        },
      ],
      hooks: {
        draw: [(plot) => this.#drawMarks(plot)],
        setCursor: [(plot) => this.#readOut(plot)],
      },
    };
  }

  #drawMarks(plot: uPlot): void {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.strokeStyle = MARK;
    ctx.lineWidth = 1.5 * (window.devicePixelRatio || 1);
    ctx.setLineDash([4, 3]);
    for (const mark of this.marks) {
      const x = plot.valToPos(mark, 'x', true);
      if (x >= bbox.left && x <= bbox.left + bbox.width) {
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
      }
    }
    ctx.restore();
  }

  #readOut(plot: uPlot): void {
    const at = plot.cursor.idx;
    const time = at == null ? undefined : plot.data[0][at];
    const value = at == null ? undefined : plot.data[1]?.[at];
    let out = this.holder.querySelector<HTMLElement>('.read-out');
    if (out === null) {
      out = document.createElement('div');
      out.className = 'read-out';
      this.holder.append(out);
    }
    out.hidden = time === undefined || value == null;
    if (time !== undefined && value != null) {
      out.textContent = `${clockText(time * 1000, this.timeZone)}   ${quantityText(value, this.unit)}`;
    }
  }

  static override styles = [
    unsafeCSS(uplotStyles),
    css`
      :host {
        position: relative;
        display: block;
        font-family: var(--font);
      }
      .plot {
        position: relative;
        overflow: hidden;
      }
      .u-over {
        cursor: crosshair;
      }
      .u-hz .u-cursor-x {
        border-right-color: var(--text-faint);
      }
      .empty {
        position: absolute;
        inset: 0;
        display: grid;
        place-items: center;
        margin: 0;
        color: var(--text-faint);
        font-size: 12px;
        border: 1px dashed var(--line);
        border-radius: var(--radius);
      }
      .read-out {
        position: absolute;
        top: 2px;
        right: 6px;
        padding: 1px 6px;
        border-radius: 4px;
        background: var(--pressed);
        color: var(--text);
        font-size: 11px;
        white-space: pre;
        pointer-events: none;
      }
      .read-out[hidden] {
        display: none;
      }
    `,
  ];
}

function padded(low: number | null, high: number | null): [number, number] {
  if (low === null || high === null) {
    return [0, 1];
  }
  const margin = Math.max((high - low) * 0.12, Math.abs(high) * 0.01, 0.05);
  return [low >= 0 ? Math.max(0, low - margin) : low - margin, high + margin];
}
