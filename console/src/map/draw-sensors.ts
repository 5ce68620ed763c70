// SPDX-License-Identifier: Apache-2.0
import type { Health, SensorKind } from '../api/types';
import { SENSOR_GLYPHS } from '../style/glyphs';
import { type Scene, type SensorMark, type View, isFault } from './scene';

const FAULT = '#55c6d6';
const QUIET = '#a9b3ba';
const FAINT = '#67727a';
const PLATE = '#12171a';
const FLASH_MS = 700;

const paths = new Map<SensorKind, Path2D>();

function pathOf(kind: SensorKind): Path2D {
  let path = paths.get(kind);
  if (path === undefined) {
    path = new Path2D(SENSOR_GLYPHS[kind] ?? SENSOR_GLYPHS.OTHER);
    paths.set(kind, path);
  }
  return path;
}

/** How large a sensor's plate is at this scale: a dot from afar, a symbol from near. */
export function plateRadius(metresPerPixel: number): number {
  return metresPerPixel > 2.2 ? 3 : metresPerPixel > 1.1 ? 7.5 : metresPerPixel > 0.45 ? 9.5 : 11.5;
}

/** Where each sensor is drawn: at its place, or beside its fellows on the same thing. */
export function layOut(sensors: readonly SensorMark[], view: View): Map<string, { x: number; y: number }> {
  const radius = plateRadius(view.metresPerPixel);
  const groups = new Map<string, SensorMark[]>();
  for (const mark of sensors) {
    const key = mark.position.join(' ');
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [mark]);
    } else {
      group.push(mark);
    }
  }
  const placed = new Map<string, { x: number; y: number }>();
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) {
      continue;
    }
    const { x, y } = view.project(first.position);
    group.forEach((mark, i) => {
      placed.set(mark.sensor.id, { x: x + (i - (group.length - 1) / 2) * (radius * 2 + 2), y });
    });
  }
  return placed;
}

/** Draws the sensors: kind by drawing, health by the plate's shape as well as by colour. */
export function drawSensors(
  context: CanvasRenderingContext2D,
  view: View,
  scene: Scene,
  placed: ReadonlyMap<string, { x: number; y: number }>,
  now: number,
  lively: boolean,
): void {
  const radius = plateRadius(view.metresPerPixel);
  // The healthy first, so that one that is not is never hidden.
  for (const faulty of [false, true]) {
    for (const mark of scene.sensors) {
      const at = placed.get(mark.sensor.id);
      if (at === undefined || isFault(mark.health) !== faulty || isOutside(at, view)) {
        continue;
      }
      const selected = mark.sensor.id === scene.selectedSensor;
      const hovered = mark.sensor.id === scene.hoveredSensor;
      const since = now - mark.heardAt;
      if (lively && !faulty && mark.heardAt > 0 && since < FLASH_MS) {
        flash(context, at.x, at.y, radius, since / FLASH_MS);
      }
      if (radius < 5 && !faulty && !selected && !hovered) {
        context.beginPath();
        context.arc(at.x, at.y, radius - 0.5, 0, 2 * Math.PI);
        context.fillStyle = mark.health === 'UNHEARD' ? FAINT : QUIET;
        context.fill();
        continue;
      }
      const size = radius < 5 ? 6.5 : radius;
      drawPlate(context, at.x, at.y, size, mark.health, hovered || selected);
      drawGlyph(context, at.x, at.y, size, mark);
      if (selected) {
        ring(context, at.x, at.y, size + 5);
      }
    }
  }
}

function isOutside(at: { x: number; y: number }, view: View): boolean {
  return at.x < -30 || at.y < -30 || at.x > view.width + 30 || at.y > view.height + 30;
}

function flash(context: CanvasRenderingContext2D, x: number, y: number, radius: number, progress: number): void {
  context.beginPath();
  context.arc(x, y, radius + 1 + progress * 5, 0, 2 * Math.PI);
  context.strokeStyle = `rgba(201, 214, 223, ${0.26 * (1 - progress)})`;
  context.lineWidth = 1.2;
  context.stroke();
}

/** The plate of a sensor: a disc; a square if it is stuck, a triangle if implausible, an open broken circle if silent. */
export function drawPlate(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  r: number,
  health: Health,
  bright: boolean,
): void {
  context.save();
  context.beginPath();
  switch (health) {
    case 'OK':
      context.arc(x, y, r, 0, 2 * Math.PI);
      context.strokeStyle = bright ? '#dde2e6' : '#4b565e';
      context.lineWidth = 1;
      break;
    case 'UNHEARD':
      context.arc(x, y, r, 0, 2 * Math.PI);
      context.strokeStyle = bright ? '#dde2e6' : '#4b565e';
      context.lineWidth = 1;
      context.setLineDash([1.5, 2.5]);
      break;
    case 'SILENT':
      context.arc(x, y, r + 0.5, 0, 2 * Math.PI);
      context.strokeStyle = FAULT;
      context.lineWidth = 1.6;
      context.setLineDash([3.5, 3]);
      break;
    case 'STUCK':
      context.rect(x - r, y - r, 2 * r, 2 * r);
      context.strokeStyle = FAULT;
      context.lineWidth = 1.6;
      break;
    case 'IMPLAUSIBLE':
      context.moveTo(x, y - r * 1.55);
      context.lineTo(x + r * 1.5, y + r * 1.1);
      context.lineTo(x - r * 1.5, y + r * 1.1);
      context.closePath();
      context.strokeStyle = FAULT;
      context.lineWidth = 1.6;
      context.lineJoin = 'round';
      break;
  }
  context.fillStyle = health === 'SILENT' ? 'rgba(18, 23, 26, 0.75)' : PLATE;
  context.fill();
  context.stroke();
  context.restore();
}

function drawGlyph(context: CanvasRenderingContext2D, x: number, y: number, r: number, mark: SensorMark): void {
  const faulty = isFault(mark.health);
  const scale = (r * 1.32) / 24;
  context.save();
  context.translate(x - 12 * scale, y - 12 * scale);
  context.scale(scale, scale);
  context.strokeStyle = faulty ? FAULT : mark.health === 'UNHEARD' ? FAINT : QUIET;
  context.lineWidth = 1.25 / scale;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke(pathOf(mark.sensor.kind));
  context.restore();
  if (mark.health === 'SILENT') {
    context.beginPath();
    context.moveTo(x - r * 0.78, y + r * 0.78);
    context.lineTo(x + r * 0.78, y - r * 0.78);
    context.strokeStyle = FAULT;
    context.lineWidth = 1.6;
    context.stroke();
  }
}

function ring(context: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  context.beginPath();
  context.arc(x, y, r, 0, 2 * Math.PI);
  context.strokeStyle = '#d3e4f2';
  context.lineWidth = 1.5;
  context.stroke();
}
