// SPDX-License-Identifier: Apache-2.0

const formats = new Map<string, Intl.DateTimeFormat>();

function format(timeZone: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${name}`;
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...options });
    formats.set(key, found);
  }
  return found;
}

/** {@code 14:03:22}. */
export function clockText(time_ms: number, timeZone: string): string {
  return format(timeZone, 'clock', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(time_ms);
}

/** {@code 14:03}. */
export function minuteText(time_ms: number, timeZone: string): string {
  return format(timeZone, 'minute', { hour: '2-digit', minute: '2-digit' }).format(time_ms);
}

/** {@code Sat 21 Nov}. */
export function dayText(time_ms: number, timeZone: string): string {
  return format(timeZone, 'day', { weekday: 'short', day: 'numeric', month: 'short' }).format(time_ms).replace(',', '');
}

/** {@code 14:03:22} of the same day as {@code now_ms}, else {@code 20 Nov 14:03:22}. */
export function momentText(time_ms: number, now_ms: number, timeZone: string): string {
  const day = format(timeZone, 'date', { day: 'numeric', month: 'short', year: 'numeric' });
  const clock = clockText(time_ms, timeZone);
  if (day.format(time_ms) === day.format(now_ms)) {
    return clock;
  }
  const short = format(timeZone, 'short-date', { day: 'numeric', month: 'short' }).format(time_ms);
  return `${short} ${clock}`;
}

/** The time zone's own abbreviation then, {@code CET}, or its distance from UTC, {@code GMT+1}. */
export function zoneText(time_ms: number, timeZone: string): string {
  const parts = format(timeZone, 'zone', { timeZoneName: 'short', hour: '2-digit' }).formatToParts(time_ms);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
}

/** How long something is: {@code 8 s}, {@code 4 min}, {@code 2 h 05 min}, {@code 1 d 4 h}, {@code 12 d}. Never negative: clocks differ a little. */
export function ageText(age_ms: number): string {
  const s = Math.max(0, Math.floor(age_ms / 1000));
  if (s < 60) {
    return `${s} s`;
  }
  const min = Math.floor(s / 60);
  if (min < 60) {
    return `${min} min`;
  }
  const h = Math.floor(min / 60);
  if (h < 24) {
    return min % 60 === 0 ? `${h} h` : `${h} h ${String(min % 60).padStart(2, '0')} min`;
  }
  const d = Math.floor(h / 24);
  return d >= 3 || h % 24 === 0 ? `${d} d` : `${d} d ${h % 24} h`;
}

/** How long ago something was: {@code just now}, {@code 4 min ago}. */
export function agoText(age_ms: number): string {
  return age_ms < 1000 ? 'just now' : `${ageText(age_ms)} ago`;
}

/** As {@link ageText}, with the seconds for the first ten minutes: {@code 3:07 min}, and as short for hours: {@code 2:05 h}. */
export function tickingAgeText(age_ms: number): string {
  const s = Math.max(0, Math.floor(age_ms / 1000));
  const sixtieths = (n: number): string => String(n % 60).padStart(2, '0');
  if (s >= 60 && s < 600) {
    return `${Math.floor(s / 60)}:${sixtieths(s)} min`;
  }
  const min = Math.floor(s / 60);
  if (min >= 60 && min < 1440) {
    return `${Math.floor(min / 60)}:${sixtieths(min)} h`;
  }
  return ageText(age_ms);
}

/** {@code 90 s} as {@code 1 min 30 s}. */
export function durationText(seconds: number): string {
  const min = Math.floor(seconds / 60);
  const s = Math.round(seconds % 60);
  return min === 0 ? `${s} s` : s === 0 ? `${min} min` : `${min} min ${s} s`;
}
