// SPDX-License-Identifier: Apache-2.0
import { type TemplateResult, html } from 'lit';

/** Polias's own sign: a shield with a watching eye. */
export function mark(size_px = 26): TemplateResult {
  return html`<svg
    viewBox="0 0 32 32"
    width=${size_px}
    height=${size_px}
    fill="none"
    stroke="#c9d3da"
    stroke-width="2"
    stroke-linejoin="round"
    stroke-linecap="round"
    aria-hidden="true"
  >
    <path d="M16 3.5 27 7.3v9c0 6-4.4 10.2-11 12.3-6.6-2.1-11-6.3-11-12.3v-9z" />
    <path d="M10.5 19.5a5.5 5.5 0 0 1 11 0" />
    <circle cx="16" cy="12.5" r="2" fill="#c9d3da" />
  </svg>`;
}
