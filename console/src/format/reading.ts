// SPDX-License-Identifier: Apache-2.0
import type { Datastream, ReadingValue } from '../api/types';
import { words } from './words';
import { quantityText } from './number';

/** A reading as people read it: {@code 48.2 dB(A)}, {@code Yes}, {@code Access granted}. */
export function readingText(value: ReadingValue | undefined, datastream: Datastream): string {
  switch (typeof value) {
    case 'undefined':
      return '–';
    case 'number':
      return quantityText(value, datastream.unit);
    case 'boolean':
      return value ? 'Yes' : 'No';
    case 'string':
      return datastream.resultKind === 'EVENT' ? words(value.replace(/\./g, ' ')) : value;
  }
}

/** The result of a stored observation as a reading; what has no short form is shown as JSON. */
export function resultText(result: unknown, datastream: Datastream): string {
  if (typeof result === 'number' || typeof result === 'boolean' || typeof result === 'string') {
    return readingText(result, datastream);
  }
  if (typeof result === 'object' && result !== null && typeof (result as { type?: unknown }).type === 'string') {
    return readingText((result as { type: string }).type, datastream);
  }
  return JSON.stringify(result);
}
