// SPDX-License-Identifier: Apache-2.0
import type { IncidentSummary, Level } from '../api/types';
import { compare } from '../queue/order';
import { LEVEL_COLOURS, LEVEL_NUMERALS, LEVEL_SHAPES } from '../style/glyphs';
import type { Scene, View } from './scene';

const PULSE_MS = 2_200;
const SMALLEST_RADIUS_PX = 13;
const RADIANS = Math.PI / 180;
/** An outline that says: about here, nobody knows how near. */
const VAGUE_DASH = [4, 4];
const VAGUE_RING_PX = 6;

/** How strongly an ellipse is drawn: many small matters must not hide a great one. */
const STRENGTHS: Readonly<Record<Level, number>> = { CRITICAL: 1, HIGH: 0.85, MEDIUM: 0.7, LOW: 0.4, NEGLIGIBLE: 0.25 };

interface Oval {
  readonly x: number;
  readonly y: number;
  readonly major: number;
  readonly minor: number;
  /** Of the major axis on the canvas, clockwise from the x axis. */
  readonly angle: number;
}

/** The ellipse that holds the incident's place with probability 0.95, in pixels; a small circle where it would be no bigger. */
export function ovalOf(incident: IncidentSummary, view: View): Oval | null {
  if (incident.position === null) {
    return null;
  }
  const { x, y } = view.project(incident.position);
  const ellipse = incident.ellipse ?? { major_m: 0, minor_m: 0, azimuth_deg: 0 };
  return {
    x,
    y,
    major: Math.max(SMALLEST_RADIUS_PX, ellipse.major_m / view.metresPerPixel),
    minor: Math.max(SMALLEST_RADIUS_PX, ellipse.minor_m / view.metresPerPixel),
    angle: (ellipse.azimuth_deg - 90) * RADIANS,
  };
}

/**
 * How much of its colour an oval of that size still fills: all of it up to a quarter of the view, nothing from a half on. A place
 * that may be anywhere must not colour everything.
 */
function solidity(oval: Oval, view: View): number {
  const share = oval.major / Math.max(view.width, view.height);
  return Math.min(1, Math.max(0, (0.5 - share) / 0.25));
}

function trace(context: CanvasRenderingContext2D, oval: Oval, grow: number): void {
  context.beginPath();
  context.ellipse(oval.x, oval.y, oval.major + grow, oval.minor + grow, oval.angle, 0, 2 * Math.PI);
}

/** Draws where incidents are and how well that is known; what nobody has acknowledged pulses. */
export function drawIncidents(
  context: CanvasRenderingContext2D,
  view: View,
  scene: Scene,
  now: number,
  lively: boolean,
): void {
  // The most critical last, on top.
  for (const incident of [...scene.incidents].sort((a, b) => compare(b, a))) {
    const oval = ovalOf(incident, view);
    if (oval === null) {
      continue;
    }
    const colour = LEVEL_COLOURS[incident.level];
    const chosen = incident.id === scene.selectedIncident;
    const pointed = incident.id === scene.pointedIncident;
    context.save();
    const solid = solidity(oval, view);
    const vague = solid < 1;
    trace(context, oval, 0);
    context.fillStyle = colour;
    const strength = chosen || pointed ? 1 : STRENGTHS[incident.level];
    context.globalAlpha = (chosen || pointed ? 0.2 : 0.13 * strength) * solid;
    context.fill();
    context.globalAlpha = vague ? 0.6 * strength : strength;
    context.strokeStyle = colour;
    context.lineWidth = chosen ? 2.2 : 1.4;
    context.setLineDash(vague ? VAGUE_DASH : []);
    context.stroke();
    const around = vague ? { ...oval, major: SMALLEST_RADIUS_PX, minor: SMALLEST_RADIUS_PX } : oval;
    if (vague) {
      trace(context, around, VAGUE_RING_PX);
      context.stroke();
      context.setLineDash([]);
    }
    if (lively && incident.status === 'OPEN') {
      const progress = (now % PULSE_MS) / PULSE_MS;
      trace(context, around, progress * 22);
      context.globalAlpha = 0.7 * (1 - progress);
      context.lineWidth = 2;
      context.stroke();
    }
    context.restore();
    sign(context, oval, incident, chosen || pointed);
  }
}

function sign(context: CanvasRenderingContext2D, oval: Oval, incident: IncidentSummary, large: boolean): void {
  const size = large ? 21 : 17;
  const scale = size / 24;
  context.save();
  context.translate(oval.x - size / 2, oval.y - size / 2);
  context.scale(scale, scale);
  const shape = new Path2D(LEVEL_SHAPES[incident.level]);
  context.lineWidth = 3;
  context.lineJoin = 'round';
  context.strokeStyle = '#0e1113';
  context.stroke(shape);
  context.fillStyle = LEVEL_COLOURS[incident.level];
  context.fill(shape);
  context.fillStyle = '#101315';
  context.font = '800 13px Arial, sans-serif';
  context.textAlign = 'center';
  context.fillText(LEVEL_NUMERALS[incident.level], 12, incident.level === 'HIGH' ? 18.4 : 16.5);
  context.restore();
}

/** The incident whose sign or ellipse is under the pointer, the topmost first. */
export function incidentAt(scene: Scene, view: View, x: number, y: number): IncidentSummary | null {
  for (const incident of [...scene.incidents].sort(compare)) {
    const oval = ovalOf(incident, view);
    if (oval !== null && Math.hypot(x - oval.x, y - oval.y) <= SMALLEST_RADIUS_PX) {
      return incident;
    }
  }
  return null;
}
