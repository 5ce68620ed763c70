// SPDX-License-Identifier: Apache-2.0
import type { NamedPlace, Scene, View } from './scene';

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const FONT = getComputedStyleFont();

function getComputedStyleFont(): string {
  return getComputedStyle(document.documentElement).getPropertyValue('--font').trim() || 'sans-serif';
}

const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Above the upper left corner of each site, as a sheet is marked: which it is. */
function drawSites(context: CanvasRenderingContext2D, view: View, scene: Scene, boxes: Box[]): void {
  context.save();
  context.font = `600 11px ${FONT}`;
  context.letterSpacing = '0.06em';
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  for (const site of scene.sites) {
    const { x, y } = view.project(site.position);
    const name = site.name.toUpperCase();
    const box: Box = { left: x, right: x + context.measureText(name).width, top: y - 18, bottom: y - 4 };
    if (!boxes.some((other) => overlaps(box, other))) {
      boxes.push(box);
      context.lineWidth = 3;
      context.lineJoin = 'round';
      context.strokeStyle = 'rgba(14, 17, 19, 0.85)';
      context.strokeText(name, x, y - 7);
      context.fillStyle = '#98a3ab';
      context.fillText(name, x, y - 7);
    }
  }
  context.restore();
}

/** Writes the names of sites, zones and assets, the weightier first, each only where it covers nothing. */
export function drawNames(
  context: CanvasRenderingContext2D,
  view: View,
  scene: Scene,
  taken: readonly Box[],
): void {
  const boxes = [...taken];
  drawSites(context, view, scene, boxes);
  const write = (place: NamedPlace, size: number, colour: string, below: number): void => {
    const { x, y } = view.project(place.position);
    if (x < -80 || y < -20 || x > view.width + 80 || y > view.height + 20) {
      return;
    }
    context.font = `500 ${size}px ${FONT}`;
    const width = context.measureText(place.name).width;
    if (place.width_m > 0 && width > place.width_m / view.metresPerPixel) {
      return;
    }
    // A name that collides where it belongs may step a little up or down.
    for (const step of below === 0 ? [0, -size - 6, size + 6, 2 * size + 12] : [below, -below]) {
      const box: Box = {
        left: x - width / 2 - 4,
        right: x + width / 2 + 4,
        top: y + step - size / 2 - 3,
        bottom: y + step + size / 2 + 3,
      };
      if (!boxes.some((other) => overlaps(box, other))) {
        boxes.push(box);
        context.lineWidth = 3;
        context.lineJoin = 'round';
        context.strokeStyle = 'rgba(14, 17, 19, 0.85)';
        context.strokeText(place.name, x, y + step);
        context.fillStyle = colour;
        context.fillText(place.name, x, y + step);
        return;
      }
    }
  };
  context.save();
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const size = view.metresPerPixel > 0.7 ? 11 : 12;
  for (const zone of [...scene.zones].sort((a, b) => b.weight - a.weight)) {
    write(zone, size, '#87929a', 0);
  }
  if (view.metresPerPixel < 0.6) {
    for (const asset of scene.assets) {
      write(asset, 11, '#98a3ab', 14);
    }
  }
  context.restore();
}

/** Small marks for what is worth protecting, under the sensors. */
export function drawAssets(context: CanvasRenderingContext2D, view: View, scene: Scene): void {
  if (view.metresPerPixel > 2.2) {
    return;
  }
  context.save();
  context.strokeStyle = '#5d6870';
  context.fillStyle = '#1d2327';
  context.lineWidth = 1;
  for (const asset of scene.assets) {
    const { x, y } = view.project(asset.position);
    const r = 2.6;
    context.beginPath();
    context.moveTo(x, y - r - 1);
    context.lineTo(x + r + 1, y);
    context.lineTo(x, y + r + 1);
    context.lineTo(x - r - 1, y);
    context.closePath();
    context.fill();
    context.stroke();
  }
  context.restore();
}
