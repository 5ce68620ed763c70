// SPDX-License-Identifier: Apache-2.0
import { Signal } from './signal';

export type Selection =
  | { readonly kind: 'incident'; readonly id: string }
  | { readonly kind: 'sensor'; readonly id: string }
  | null;

/** What the operator is looking at. */
export const selection = new Signal<Selection>(null);

/** What the pointer rests on in a list, so that the map can show where it is. */
export const pointed = new Signal<Selection>(null);
