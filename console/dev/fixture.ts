// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

import type { Plugin } from 'vite';

import type { Command } from '../src/api/types.ts';
import { city } from './city.ts';
import { summaryOf } from './incidents.ts';
import { Socket } from './websocket.ts';
import { type Answer, SESSION, USERS, World } from './world.ts';

const PASSWORD = 'polias';
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; worker-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'";
const COOKIE = 'polias_session=fixture';

const EXERCISES = [
  { id: 'pilsen-shots', title: 'Shots at Gate A', description: 'Seven shots are heard at Gate A during a match; the crowd flees across the forecourt.', duration_s: 240 },
  { id: 'pilsen-ammonia', title: 'Ammonia at the brewery', description: 'A valve of the cooling plant leaks; wind from the west carries the gas towards the lane.', duration_s: 900 },
];

const QUARANTINE = [
  ['malformed', 'gateway-stadium-south', 'mqtt', "v1.1/Datastreams('mic-3-level')/Observations", 'result is missing at line 1, column 52', '{"phenomenonTime":"2026-11-21T10:00:00.250Z","resultQuality":"good"}'],
  ['unknown-sensor', 'gateway-brewery', 'http', '/v1.1/Observations', 'No datastream gas-9-nh3 is registered', '{"phenomenonTime":"2026-11-21T10:00:02Z","result":3.1,"Datastream":{"@iot.id":"gas-9-nh3"}}'],
  ['future-dated', 'gateway-stadium-north', 'mqtt', 'v1.1/Datastreams(cam-2-people)/Observations', '2026-11-21T14:20:00Z lies 3 h 12 min ahead of the arrival', '{"phenomenonTime":"2026-11-21T14:20:00Z","result":41}'],
  ['wrong-result', 'gateway-stadium-south', 'mqtt', 'v1.1/Datastreams(cam-4-people)/Observations', 'The result "many" is no whole number', '{"result":"many"}'],
  ['malformed', 'contractor-laptop', 'http', '/v1/events/door-control-events', 'Line 3 is no JSON: unexpected end', '{"time":"2026-11-21T09:00:00Z","type":"access.granted"}\n{"time":"2026-11-21T09:00:04Z"'],
  ['unknown-topic', 'suricata-stadium', 'mqtt', 'suricata/eve', 'Nothing takes input at suricata/eve', '{"event_type":"alert"}'],
  ['late', 'gateway-brewery', 'http', '/v1.1/CreateObservations', 'gas-2-nh3 at 2026-11-18T08:00:00Z lies 3 d behind; 24 h are allowed', '[{"Datastream":{"@iot.id":"gas-2-nh3"},"components":["phenomenonTime","result"],"dataArray":[["2026-11-18T08:00:00Z",2]]}]'],
] as const;

/** Serves docs/api.md out of nothing, so that the console can be worked on alone. Sign in as admin with the password polias. */
export function fixture(): Plugin {
  const sockets = new Set<Socket>();
  const world = new World((message) => {
    for (const socket of sockets) {
      socket.send(message);
    }
  });
  let attempts = 0;
  let downUntil = 0;
  let timer: NodeJS.Timeout | null = null;

  function answer(method: string, url: URL, body: unknown): Answer | null {
    const path = url.pathname.replace(/^\/api/, '');
    const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
    const ok = (value: unknown): Answer => ({ status: 200, body: value });
    switch (`${method} ${parts[0]}${parts.length > 1 ? '/…' : ''}`) {
      case 'GET users':
        return ok(USERS);
      case 'GET city':
        return ok(city);
      case 'GET incidents': {
        const live = [...world.incidents.values()].filter((incident) => ['OPEN', 'ACKNOWLEDGED', 'ASSIGNED'].includes(incident.status));
        return ok((url.searchParams.get('scope') === 'closed' ? world.closed() : live).map(summaryOf));
      }
      case 'GET incidents/…': {
        const found = world.incidents.get(parts[1] ?? '') ?? world.closed().find((incident) => incident.id === parts[1]);
        return found === undefined
          ? { status: 404, body: { code: 'unknown-incident', message: `There is no incident ${parts[1]}.`, advice: null } }
          : ok(found);
      }
      case 'GET campaigns/…': {
        const found = world.campaigns.get(parts[1] ?? '');
        return found === undefined
          ? { status: 404, body: { code: 'unknown-campaign', message: `There is no campaign ${parts[1]}.`, advice: null } }
          : ok(found);
      }
      case 'POST incidents/…':
        return world.command(parts[1] ?? '', body as Command);
      case 'GET datastreams/…':
        return ok(
          world.observations(
            parts[1] ?? '',
            Date.parse(url.searchParams.get('from') ?? ''),
            Date.parse(url.searchParams.get('to') ?? ''),
            Number(url.searchParams.get('limit') ?? 100),
          ),
        );
      case 'GET quarantine': {
        const reason = url.searchParams.get('reason');
        return ok(
          QUARANTINE.map(([why, device, way, address, detail, payload], i) => ({
            id: `Q-${i}`,
            device,
            receivedAt: new Date(Date.now() - (40 + i * i * 400) * 1000).toISOString(),
            way,
            address,
            reason: why,
            detail,
            payload,
            payload_bytes: payload.length,
            truncated: false,
            replayedAt: i === 4 ? new Date().toISOString() : null,
          })).filter((item) => reason === null || item.reason === reason),
        );
      }
      case 'POST quarantine/…':
        return ok({ accepted: 1, duplicates: 0, rejected: [], omitted: 0 });
      case 'GET admissions':
        return ok({
          since: new Date(Date.now() - 3_600_000).toISOString(),
          accepted: world.stats().accepted,
          duplicate: 4,
          deferred: 0,
          unauthenticated: 2,
          discarded: { duplicate: 1 },
          rejected: { malformed: 6, 'unknown-sensor': 4, 'future-dated': 3, 'wrong-result': 2, late: 1, 'unknown-topic': 1, oversized: 0 },
        });
      case 'GET devices':
        return ok(world.devices);
      case 'POST devices': {
        const { device, site } = body as { device: string; site?: string };
        if (world.devices.some((other) => other.device === device)) {
          return { status: 409, body: { code: 'exists', message: `There is a device ${device} already.`, advice: 'Maybe choose another name.' } };
        }
        world.devices.push({ device, site: site ?? null, createdAt: new Date().toISOString(), revokedAt: null });
        return { status: 201, body: { device, secret: 'pk_7Qm2vT9xLr4WzB6nHc3KfDs8' } };
      }
      case 'DELETE devices/…': {
        const at = world.devices.findIndex((other) => other.device === parts[1]);
        const found = world.devices[at];
        if (found !== undefined) {
          world.devices[at] = { ...found, revokedAt: new Date().toISOString() };
        }
        return { status: 204, body: null };
      }
      case 'GET exercises':
        return ok(EXERCISES);
      case 'POST exercises/…': {
        const found = EXERCISES.find((exercise) => exercise.id === parts[1]);
        world.setExercise({ id: found?.id ?? '', title: found?.title ?? '', since: new Date().toISOString() });
        setTimeout(() => world.raise(0), 2500);
        return { status: 204, body: null };
      }
      case 'DELETE exercises/…':
        world.setExercise(null);
        return { status: 204, body: null };
      default:
        return null;
    }
  }

  function handle(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    const url = new URL(request.url ?? '/', 'http://fixture');
    if (url.pathname.startsWith('/dev/')) {
      direct(url);
      response.end('ok\n');
      return;
    }
    if (!url.pathname.startsWith('/api/')) {
      next();
      return;
    }
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const reply = ({ status, body }: Answer, headers: Record<string, string> = {}): void => {
        response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
        response.end(body === null ? '' : JSON.stringify(body));
      };
      if (Date.now() < downUntil) {
        response.destroy();
        return;
      }
      const method = request.method ?? 'GET';
      const body: unknown = text === '' ? null : JSON.parse(text);
      if (url.pathname === '/api/session/options') {
        reply({ status: 200, body: { oidc: { label: 'Sign in with Plzeň ID', url: '/api/oidc/start' }, city: city.name, simulated: true } });
        return;
      }
      if (url.pathname === '/api/session' && method === 'POST') {
        const { user, password } = body as { user: string; password: string };
        attempts++;
        if (attempts > 5) {
          reply({ status: 429, body: { code: 'too-many-attempts', message: 'Too many attempts.', advice: 'Maybe wait five minutes.' } });
        } else if (user === SESSION.user && password === PASSWORD) {
          attempts = 0;
          reply({ status: 200, body: SESSION }, { 'Set-Cookie': `${COOKIE}; Path=/; HttpOnly; SameSite=Strict` });
        } else {
          reply({ status: 401, body: { code: 'bad-credentials', message: 'User and password do not match.', advice: null } });
        }
        return;
      }
      if (!(request.headers.cookie ?? '').includes(COOKIE)) {
        reply({ status: 401, body: { code: 'signed-out', message: 'Nobody is signed in.', advice: 'Maybe the session has ended.' } });
        return;
      }
      if (method !== 'GET' && request.headers['x-polias'] !== '1') {
        reply({ status: 403, body: { code: 'foreign', message: 'The header X-Polias is missing.', advice: null } });
        return;
      }
      if (url.pathname === '/api/session') {
        reply(
          method === 'DELETE' ? { status: 204, body: null } : { status: 200, body: SESSION },
          method === 'DELETE' ? { 'Set-Cookie': 'polias_session=; Path=/; Max-Age=0' } : {},
        );
        return;
      }
      // Slow enough for the pending state to be seen.
      const found = answer(method, url, body) ?? { status: 404, body: { code: 'not-found', message: `Nothing is at ${url.pathname}.`, advice: null } };
      setTimeout(() => reply(found), method === 'GET' ? 20 : 250);
    });
  }

  /** For screenshots and tests: /dev/incidents?n=50, /dev/story, /dev/raise?i=0, /dev/down?s=20, /dev/refuse?on=1, /dev/exercise?on=1, /dev/reset. */
  function direct(url: URL): void {
    const number = (name: string, otherwise: number): number => Number(url.searchParams.get(name) ?? otherwise);
    switch (url.pathname) {
      case '/dev/reset':
        attempts = 0;
        world.refuse = false;
        world.exercise = null;
        world.calm(3);
        break;
      case '/dev/incidents':
        world.calm(number('n', 3));
        break;
      case '/dev/story':
        world.story();
        break;
      case '/dev/raise':
        world.raise(number('i', 0));
        break;
      case '/dev/refuse':
        world.refuse = number('on', 1) === 1;
        break;
      case '/dev/exercise':
        world.setExercise(number('on', 1) === 1 ? { id: 'pilsen-shots', title: 'Shots at Gate A', since: new Date().toISOString() } : null);
        break;
      case '/dev/down':
        downUntil = Date.now() + number('s', 20) * 1000;
        for (const socket of sockets) {
          socket.close();
        }
        break;
      default:
        break;
    }
    if (url.pathname !== '/dev/down' && url.pathname !== '/dev/raise') {
      for (const socket of sockets) {
        socket.send(world.state());
      }
    }
  }

  function upgrade(request: IncomingMessage, stream: Duplex): void {
    if (!(request.url ?? '').startsWith('/api/live')) {
      return;
    }
    if (Date.now() < downUntil || !(request.headers.cookie ?? '').includes(COOKIE)) {
      stream.destroy();
      return;
    }
    const socket: Socket = new Socket(request, stream, () => sockets.delete(socket));
    sockets.add(socket);
    socket.send(world.state());
  }

  function attach(server: Server | null): void {
    server?.on('upgrade', upgrade);
    let n = 0;
    timer = setInterval(() => {
      world.step();
      if (n++ % 4 === 0) {
        for (const socket of sockets) {
          socket.send({ type: 'stats', ...world.stats() });
        }
      }
    }, 500);
    server?.on('close', () => timer !== null && clearInterval(timer));
  }

  return {
    name: 'polias-fixture',
    apply: (_, { command }) => command === 'serve' && process.env['VITEST'] === undefined,
    configureServer(server) {
      server.middlewares.use(handle);
      attach(server.httpServer as Server | null);
    },
    configurePreviewServer(server) {
      server.middlewares.use((_, response, next) => {
        // What is built must work under the strictest policy that a city's proxy may set.
        response.setHeader('Content-Security-Policy', POLICY);
        next();
      });
      server.middlewares.use(handle);
      attach(server.httpServer as Server);
    },
  };
}
