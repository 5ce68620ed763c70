// SPDX-License-Identifier: Apache-2.0
import { Problem } from './problem';
import type {
  Admissions,
  Campaign,
  City,
  Command,
  Device,
  ExerciseScript,
  Incident,
  IncidentSummary,
  NewDevice,
  Observation,
  Quarantined,
  ReplayResult,
  Session,
  SessionOptions,
  User,
} from './types';

type Query = Readonly<Record<string, string | number | null>>;

/** Called when the platform no longer knows the session. */
let onSignedOut: () => void = () => {};

export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (method !== 'GET') {
    headers['X-Polias'] = '1';
  }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw Problem.unreachable();
  }
  const text = await response.text();
  const parsed: unknown = text === '' ? null : parse(text);
  if (!response.ok) {
    const problem = Problem.of(response.status, parsed);
    if (response.status === 401 && !(method === 'POST' && path === '/api/session')) {
      onSignedOut();
    }
    throw problem;
  }
  return parsed as T;
}

/** A proxy in between may answer with something other than JSON; its status then says enough. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== '') {
      search.set(name, String(value));
    }
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

const part = encodeURIComponent;

/** The platform's HTTP interface, one function a request. Every one throws {@link Problem}. */
export const api = {
  sessionOptions: () => request<SessionOptions>('GET', '/api/session/options'),
  session: () => request<Session>('GET', '/api/session'),
  signIn: (user: string, password: string) => request<Session>('POST', '/api/session', { user, password }),
  signOut: () => request<null>('DELETE', '/api/session'),
  users: () => request<readonly User[]>('GET', '/api/users'),
  city: () => request<City>('GET', '/api/city'),
  incidents: (scope: 'live' | 'closed' | 'all', limit = 200) =>
    request<readonly IncidentSummary[]>('GET', withQuery('/api/incidents', { scope, limit })),
  incident: (id: string) => request<Incident>('GET', `/api/incidents/${part(id)}`),
  campaign: (id: string) => request<Campaign>('GET', `/api/campaigns/${part(id)}`),
  command: (id: string, command: Command) =>
    request<{ readonly sequence: number }>('POST', `/api/incidents/${part(id)}/commands`, command),
  observations: (datastream: string, from: Date, to: Date, limit: number) =>
    request<readonly Observation[]>(
      'GET',
      withQuery(`/api/datastreams/${part(datastream)}/observations`, {
        from: from.toISOString(),
        to: to.toISOString(),
        limit,
      }),
    ),
  quarantine: (reason: string | null, limit = 200) =>
    request<readonly Quarantined[]>('GET', withQuery('/api/quarantine', { reason, limit })),
  replay: (id: string) => request<ReplayResult>('POST', `/api/quarantine/${part(id)}/replay`),
  replayAll: (reason: string | null) => request<ReplayResult>('POST', withQuery('/api/quarantine/replay', { reason })),
  admissions: () => request<Admissions>('GET', '/api/admissions'),
  devices: () => request<readonly Device[]>('GET', '/api/devices'),
  addDevice: (device: string, site: string | null) =>
    request<NewDevice>('POST', '/api/devices', site === null ? { device } : { device, site }),
  revokeDevice: (device: string) => request<null>('DELETE', `/api/devices/${part(device)}`),
  exercises: () => request<readonly ExerciseScript[]>('GET', '/api/exercises'),
  beginExercise: (id: string) => request<null>('POST', `/api/exercises/${part(id)}`),
  endExercise: (id: string) => request<null>('DELETE', `/api/exercises/${part(id)}`),
};
