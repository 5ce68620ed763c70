// SPDX-License-Identifier: Apache-2.0
import { picture } from '../live';
import type { CampaignPath, Scene, View } from './scene';

export const CAMPAIGN_COLOUR = '#7ad3ae';
const HALO = '#0e1113';
/** Incidents nearer to each other than this share one place on the map, and their numbers stand in a row. */
const SAME_PLACE_PX = 16;
const ARROW_PX = 7;
const BADGE_RADIUS_PX = 7.5;

/** The open campaigns as lines; {@code campaign} or that to which {@code incident} belongs is the chosen one. */
export function pathsOf(campaign: string | null, incident: string | null): CampaignPath[] {
  return [...picture.campaigns.value.values()].map((one) => ({
    id: one.id,
    positions: one.members.flatMap(({ incident: id, position }) => {
      const found = picture.incidents.value.get(id)?.position ?? position;
      return found === null ? [] : [found];
    }),
    chosen: campaign === null ? one.members.some((member) => member.incident === incident) : one.id === campaign,
  }));
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Joins what belongs together, in the order of happening: boldly what is looked at, faintly all else. */
export function drawCampaigns(context: CanvasRenderingContext2D, view: View, scene: Scene): void {
  for (const path of [...scene.paths].sort((a, b) => Number(a.chosen) - Number(b.chosen))) {
    const points = path.positions.map((position) => view.project(position));
    context.save();
    context.lineCap = 'round';
    context.lineJoin = 'round';
    for (const [width, colour, alpha] of [
      [path.chosen ? 5.5 : 4, HALO, 0.75],
      [path.chosen ? 2.4 : 1.5, CAMPAIGN_COLOUR, path.chosen ? 1 : 0.55],
    ] as const) {
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.globalAlpha = alpha;
      context.setLineDash(path.chosen ? [] : [2, 5]);
      context.beginPath();
      points.forEach(({ x, y }, i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
      context.stroke();
    }
    if (path.chosen) {
      context.fillStyle = CAMPAIGN_COLOUR;
      points.slice(1).forEach((to, i) => arrow(context, points[i] as Point, to));
    }
    context.restore();
  }
}

/** The numbers of the chosen campaign's incidents in the order of happening, over their signs. */
export function drawOrder(context: CanvasRenderingContext2D, view: View, scene: Scene): void {
  const path = scene.paths.find(({ chosen }) => chosen);
  if (path === undefined) {
    return;
  }
  const points = path.positions.map((position) => view.project(position));
  context.save();
  context.font = '700 10px Arial, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  points.forEach((point, i) => {
    const before = points.slice(0, i).filter((other) => Math.hypot(other.x - point.x, other.y - point.y) < SAME_PLACE_PX);
    const x = (before[0]?.x ?? point.x) + 13 + before.length * (2 * BADGE_RADIUS_PX + 1);
    const y = (before[0]?.y ?? point.y) - 12;
    context.beginPath();
    context.arc(x, y, BADGE_RADIUS_PX, 0, 2 * Math.PI);
    context.fillStyle = CAMPAIGN_COLOUR;
    context.strokeStyle = HALO;
    context.lineWidth = 2;
    context.stroke();
    context.fill();
    context.fillStyle = '#0d1a14';
    context.fillText(String(i + 1), x, y + 0.5);
  });
  context.restore();
}

/** An arrowhead half-way, where there is room for one. */
function arrow(context: CanvasRenderingContext2D, from: Point, to: Point): void {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < 4 * ARROW_PX) {
    return;
  }
  context.save();
  context.translate((from.x + to.x) / 2, (from.y + to.y) / 2);
  context.rotate(Math.atan2(to.y - from.y, to.x - from.x));
  context.beginPath();
  context.moveTo(ARROW_PX, 0);
  context.lineTo(-ARROW_PX * 0.7, -ARROW_PX * 0.75);
  context.lineTo(-ARROW_PX * 0.7, ARROW_PX * 0.75);
  context.closePath();
  context.fill();
  context.restore();
}
