// SPDX-License-Identifier: Apache-2.0
import { Signal } from './state/signal';

export type Route =
  | { readonly page: 'picture' }
  | { readonly page: 'incident'; readonly id: string }
  | { readonly page: 'campaign'; readonly id: string }
  | { readonly page: 'sensors' }
  | { readonly page: 'quarantine' }
  | { readonly page: 'devices' };

/** The route that a location's fragment names; the picture where it names none. */
export function parseRoute(hash: string): Route {
  const [page, id] = hash.replace(/^#\/?/, '').split('/');
  switch (page) {
    case 'incident':
    case 'campaign':
      return id === undefined || id === '' ? { page: 'picture' } : { page, id: decodeURIComponent(id) };
    case 'sensors':
    case 'quarantine':
    case 'devices':
      return { page };
    default:
      return { page: 'picture' };
  }
}

export function routeHash(route: Route): string {
  switch (route.page) {
    case 'picture':
      return '#/';
    case 'incident':
    case 'campaign':
      return `#/${route.page}/${encodeURIComponent(route.id)}`;
    case 'sensors':
    case 'quarantine':
    case 'devices':
      return `#/${route.page}`;
  }
}

export const route = new Signal<Route>({ page: 'picture' });

export function startRouting(): void {
  const read = (): void => {
    route.value = parseRoute(window.location.hash);
  };
  window.addEventListener('hashchange', read);
  read();
}

export function go(to: Route): void {
  const hash = routeHash(to);
  if (window.location.hash !== hash) {
    window.location.hash = hash;
  }
}
