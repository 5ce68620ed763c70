// SPDX-License-Identifier: Apache-2.0
import { type SVGTemplateResult, type TemplateResult, html, svg } from 'lit';

import type { Level, SensorKind } from '../api/types';

/** Line drawings on a 24 x 24 field, as SVG paths: the same for the document and for the map's canvas. */
export const SENSOR_GLYPHS: Readonly<Record<SensorKind, string>> = {
  MICROPHONE: 'M12 4a2.6 2.6 0 0 1 2.6 2.6v5a2.6 2.6 0 0 1-5.2 0v-5A2.6 2.6 0 0 1 12 4M6.5 11.5a5.5 5.5 0 0 0 11 0M12 17v3',
  CAMERA: 'M4 8h10.5v8H4zM14.5 11l5.5-3v8l-5.5-3',
  GAS: 'M12 4c3.5 4.2 5.2 7 5.2 9.5a5.2 5.2 0 0 1-10.4 0C6.8 11 8.5 8.2 12 4M10 14.5a2.2 2.2 0 0 0 2 2',
  WEATHER: 'M4 9.5h9.5a2.5 2.5 0 1 0-2.3-3.5M4 13h13.5a2.5 2.5 0 1 1-2.3 3.5M4 16.5h6.5',
  ACCESS: 'M7 20V4h10v16M5 20h14M14 12v1.5',
  NETWORK: 'M12 5v5M6.5 19v-4.5h11V19M12 10v4.5M10 3.5h4v3h-4zM4.5 18h4v3h-4zM15.5 18h4v3h-4z',
  VIBRATION: 'M3 12h3l2-5.5 3.5 11 3.5-11 2.5 5.5H21',
  SPECTROMETER: 'M4 19h16M6 19v-4M9.3 19V8M12.6 19v-7M16 19V5M19 19v-6',
  RADIATION: 'M12 10.5a1.5 1.5 0 1 0 .01 0M12 4a8 8 0 0 1 6.9 4l-4.3 2.5M5.1 8A8 8 0 0 1 12 4M9.4 10.5 5.1 8M10.5 14.6l-2.5 4.3a8 8 0 0 0 8 0l-2.5-4.3',
  VEHICLE: 'M4.5 16V8.5A2.5 2.5 0 0 1 7 6h10a2.5 2.5 0 0 1 2.5 2.5V16zM4.5 11.5h15M7.5 16v2.5M16.5 16v2.5',
  OTHER: 'M12 7a5 5 0 1 0 .01 0',
};

const INTERFACE_GLYPHS = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  person: 'M12 5a3.5 3.5 0 1 0 .01 0M5 20c.6-4 3.4-6 7-6s6.4 2 7 6',
  people: 'M9 6a3 3 0 1 0 .01 0M3.5 19c.4-3.5 2.6-5.2 5.5-5.2s5.1 1.7 5.5 5.2M15.5 6.3a2.8 2.8 0 0 1 0 5.5M16.8 14.2c2.2.5 3.5 2.2 3.8 4.8',
  cross: 'M6 6l12 12M18 6L6 18',
  note: 'M6 4h12v11l-5 5H6zM18 15h-5v5M9 9h6M9 12.5h4',
  split: 'M12 21v-6c0-5-6-5-6-11M12 15c0-5 6-5 6-11M3.5 6.5 6 4l2.5 2.5M15.5 6.5 18 4l2.5 2.5',
  merge: 'M6 4v3c0 4 6 4 6 9v4M18 4v3c0 2.5-2.5 3.5-4 5',
  link: 'M10 14.5l4-5M8.2 11.2l-2 2a3.6 3.6 0 0 0 5.1 5.1l2-2M15.8 12.8l2-2a3.6 3.6 0 0 0-5.1-5.1l-2 2',
  reopen: 'M5 5v5h5M5.5 10A7.5 7.5 0 1 1 4.5 14',
  flag: 'M6 21V4h11l-2 4 2 4H6',
  sound: 'M4 9.5h3.5L12 6v12l-4.5-3.5H4zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  mute: 'M4 9.5h3.5L12 6v12l-4.5-3.5H4zM16 10l4.5 4.5M20.5 10L16 14.5',
  fit: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  back: 'M14 6l-6 6 6 6',
  open: 'M10 6l6 6-6 6',
  down: 'M6 10l6 6 6-6',
  up: 'M12 19V5M6 11l6-6 6 6',
  play: 'M8 5.5v13l10.5-6.5z',
  stop: 'M7 7h10v10H7z',
  pin: 'M12 21c-4-4.5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6.5-6 11M12 8a2 2 0 1 0 .01 0',
  clock: 'M12 4a8 8 0 1 0 .01 0M12 8v4.5l3 2',
  evidence: 'M5 6h14M5 10.5h14M5 15h9M5 19.5h6',
  warning: 'M12 4.5l8.5 15h-17zM12 10v4.5M12 17v.1',
  key: 'M15.5 5a4 4 0 1 0 .01 0M12.5 12L5 19.5M7.5 17l2.5 2.5',
} as const;
export type Glyph = keyof typeof INTERFACE_GLYPHS;

function drawing(path: string, size_px: number): TemplateResult {
  return html`<svg
    viewBox="0 0 24 24"
    width=${size_px}
    height=${size_px}
    fill="none"
    stroke="currentColor"
    stroke-width="1.7"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${svg`<path d=${path} />`}
  </svg>`;
}

export function glyph(name: Glyph, size_px = 16): TemplateResult {
  return drawing(INTERFACE_GLYPHS[name], size_px);
}

export function sensorGlyph(kind: SensorKind, size_px = 16): TemplateResult {
  return drawing(SENSOR_GLYPHS[kind] ?? SENSOR_GLYPHS.OTHER, size_px);
}

/**
 * The outline of a level's sign on a 24 x 24 field. Every level has its own shape and numeral, so that it can be told without its
 * colour (ISA-101, after ISA-18.2's priorities).
 */
export const LEVEL_SHAPES: Readonly<Record<Level, string>> = {
  CRITICAL: 'M4 2.5h16A1.5 1.5 0 0 1 21.5 4v16a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 20V4A1.5 1.5 0 0 1 4 2.5z',
  HIGH: 'M12 2.2 22.6 21a.8.8 0 0 1-.7 1.2H2.1A.8.8 0 0 1 1.4 21z',
  MEDIUM: 'M12 1.3 22.7 12 12 22.7 1.3 12z',
  LOW: 'M12 2a10 10 0 1 0 .01 0z',
  NEGLIGIBLE: 'M12 6a6 6 0 1 0 .01 0z',
};

/** What is written in a level's sign: 1 is the most critical. */
export const LEVEL_NUMERALS: Readonly<Record<Level, string>> = {
  CRITICAL: '1',
  HIGH: '2',
  MEDIUM: '3',
  LOW: '4',
  NEGLIGIBLE: '',
};

export const LEVEL_COLOURS: Readonly<Record<Level, string>> = {
  CRITICAL: '#ff5d55',
  HIGH: '#ff9e3d',
  MEDIUM: '#efcd4c',
  LOW: '#9fb9cb',
  NEGLIGIBLE: '#8a959d',
};

/** A level's sign. It says nothing to a screen reader: the level's name stands beside it. */
export function levelSign(level: Level, size_px = 22): TemplateResult {
  const numeral = LEVEL_NUMERALS[level];
  const y = level === 'HIGH' ? 18.4 : 16.4;
  const text: SVGTemplateResult = svg`<text x="12" y=${y} text-anchor="middle" font-size="12.5" font-weight="800" fill="#101315">${numeral}</text>`;
  return html`<svg viewBox="0 0 24 24" width=${size_px} height=${size_px} aria-hidden="true">
    ${svg`<path d=${LEVEL_SHAPES[level]} fill=${LEVEL_COLOURS[level]} />`} ${numeral === '' ? null : text}
  </svg>`;
}
