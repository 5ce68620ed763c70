// SPDX-License-Identifier: Apache-2.0

const THIN = '\u202f';
const MINUS = '\u2212';

/** {@code 15 000}: a whole number in groups of three. */
export function countText(n: number): string {
  const whole = Math.round(Math.abs(n)).toString();
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN);
  return n < 0 && whole !== '0' ? MINUS + grouped : grouped;
}

/** A number with {@code digits} after the point and a true minus. */
export function decimalText(x: number, digits: number): string {
  const text = Math.abs(x).toFixed(digits);
  const [whole = '0', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN);
  const joined = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return x < 0 && Number(text) !== 0 ? MINUS + joined : joined;
}

/** {@code +2.30}, {@code −0.70}, {@code 0.00}: a weight. */
export function signedText(x: number, digits = 2): string {
  const text = decimalText(x, digits);
  return x > 0 && Number(x.toFixed(digits)) !== 0 ? `+${text}` : text;
}

/** {@code 97 %}; never 100 % nor 0 % of something that is not certain. */
export function percentText(p: number): string {
  if (p > 0.99 && p < 1) {
    return `>${THIN}99${THIN}%`;
  }
  if (p > 0 && p < 0.01) {
    return `<${THIN}1${THIN}%`;
  }
  return `${Math.round(p * 100)}${THIN}%`;
}

/**
 * The words for a probability that analysts share (US Intelligence Community Directive 203), so that "likely" means one thing
 * to everyone in the room.
 */
export function probabilityWords(p: number): string {
  if (p >= 0.95) {
    return 'Almost certain';
  }
  if (p >= 0.8) {
    return 'Very likely';
  }
  if (p >= 0.55) {
    return 'Likely';
  }
  if (p >= 0.45) {
    return 'Even chance';
  }
  if (p >= 0.2) {
    return 'Unlikely';
  }
  if (p >= 0.05) {
    return 'Very unlikely';
  }
  return 'Remote';
}

/** People as an estimate deserves: two significant digits from 100 on. */
export function peopleText(n: number): string {
  if (n < 100) {
    return countText(n);
  }
  const scale = 10 ** (Math.floor(Math.log10(n)) - 1);
  return countText(Math.round(n / scale) * scale);
}

/** A distance as an estimate deserves, with two significant digits: {@code 150 m}, {@code 1.6 km}. */
export function distanceText(distance_m: number): string {
  const scale = distance_m < 10 ? 1 : 10 ** (Math.floor(Math.log10(distance_m)) - 1);
  const rounded = Math.round(distance_m / scale) * scale;
  return rounded < 1000 ? `${countText(rounded)}${THIN}m` : `${decimalText(rounded / 1000, rounded < 10_000 ? 1 : 0)}${THIN}km`;
}

/** UCUM units as people write them. */
const UNITS: Readonly<Record<string, string>> = {
  Cel: '°C',
  '[ppm]': 'ppm',
  'dB[SPL]': 'dB',
  'dB(A)': 'dB(A)',
  deg: '°',
  '1': '',
  '{person}': '',
  '{people}': '',
  '{count}': '',
  'm/s2': 'm/s²',
  m2: 'm²',
  'uSv/h': 'µSv/h',
};

export function unitText(unit: string): string {
  return UNITS[unit] ?? unit;
}

/** A number and its unit with no more digits than tell anything, and always as many: a reading of 62.0 must not jump among those of 62.1. */
export function quantityText(x: number, unit: string): string {
  const shown = unitText(unit);
  const magnitude = Math.abs(x);
  const whole = magnitude >= 100 || shown === '°' || (shown === '' && Number.isInteger(x));
  const digits = whole ? 0 : magnitude >= 1 ? 1 : 2;
  const gap = shown === '' || shown === '°' ? '' : THIN;
  return `${decimalText(x, digits)}${gap}${shown}`;
}
