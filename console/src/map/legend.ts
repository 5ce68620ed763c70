// SPDX-License-Identifier: Apache-2.0
import { type TemplateResult, css, html, svg } from 'lit';

import type { Health } from '../api/types';
import { words } from '../format/words';

/** The shapes by which the map tells a sensor's health, as small drawings for lists and the legend. */
export function healthShape(health: Health, size_px = 14): TemplateResult {
  return html`<svg
    viewBox="0 0 16 16"
    width=${size_px}
    height=${size_px}
    fill="none"
    stroke=${health === 'OK' || health === 'UNHEARD' ? '#8a959d' : '#55c6d6'}
    stroke-width="1.6"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${shape(health)}
  </svg>`;
}

function shape(health: Health): unknown {
  switch (health) {
    case 'OK':
      return svg`<circle cx="8" cy="8" r="5.2" />`;
    case 'UNHEARD':
      return svg`<circle cx="8" cy="8" r="5.2" stroke-dasharray="1.5 2.2" />`;
    case 'SILENT':
      return svg`<circle cx="8" cy="8" r="5.6" stroke-dasharray="3 2.4" /><path d="M4.3 11.7 11.7 4.3" />`;
    case 'STUCK':
      return svg`<rect x="3" y="3" width="10" height="10" /><path d="M5.5 8h5" />`;
    case 'IMPLAUSIBLE':
      return svg`<path d="M8 2.2 14.3 13.5H1.7z" /><path d="M8 6.5v3.5" />`;
  }
}

export function legend(): TemplateResult {
  const healths: readonly Health[] = ['OK', 'SILENT', 'STUCK', 'IMPLAUSIBLE'];
  return html`<div class="legend" aria-label="Legend">
    ${healths.map((health) => html`<span>${healthShape(health)} ${words(health)}</span>`)}
    <span class="crowd"><i></i> Crowd, lighter is fuller</span>
  </div>`;
}

export const legendStyles = css`
  .legend {
    position: absolute;
    left: 12px;
    bottom: 12px;
    display: flex;
    gap: 14px;
    padding: 5px 10px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: #14181bd9;
    color: var(--text-quiet);
    font-size: 11px;
    white-space: nowrap;
    pointer-events: none;
  }
  .legend span {
    display: inline-flex;
    align-items: center;
    gap: 5px;
  }
  .legend .crowd i {
    width: 26px;
    height: 9px;
    border-radius: 2px;
    background: linear-gradient(90deg, #1d2225, #4c555b);
  }
`;
