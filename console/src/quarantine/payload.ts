// SPDX-License-Identifier: Apache-2.0

/** A payload as it can be read: JSON is set out over lines, anything else stays as it came. */
export function payloadText(payload: string): string {
  const first = payload.trimStart().charAt(0);
  if (first !== '{' && first !== '[') {
    return payload;
  }
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    // It may well be here because it is no JSON.
    return payload;
  }
}
