// SPDX-License-Identifier: Apache-2.0
import type { City, Role, Session } from '../api/types';
import { Signal } from './signal';

/** Who is signed in; undefined until the platform has said, null if nobody is. */
export const session = new Signal<Session | null | undefined>(undefined);

/** The city of the session's tenant, once known. */
export const city = new Signal<City | null>(null);

/** Why the operator was signed out, for the sign-in page. */
export const signedOutBecause = new Signal<string | null>(null);

export function hasRole(...anyOf: readonly Role[]): boolean {
  const roles = session.value?.roles ?? [];
  return anyOf.some((role) => roles.includes(role));
}
