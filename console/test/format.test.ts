// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';

import type { Datastream } from '../src/api/types';
import { countText, decimalText, distanceText, peopleText, percentText, probabilityWords, quantityText, signedText } from '../src/format/number';
import { readingText, resultText } from '../src/format/reading';
import { ageText, agoText, clockText, durationText, momentText, tickingAgeText, zoneText } from '../src/format/time';
import { words } from '../src/format/words';

const stream: Datastream = { id: 'd', name: 'D', property: 'p', resultKind: 'QUANTITY', unit: 'Cel', zone: null, interval_s: 1 };
const plain = (text: string): string => text.replace(/\u202f/g, ' ');

describe('numbers', () => {
  it('are grouped, with a true minus and no negative zero', () => {
    expect(plain(countText(15000))).toBe('15 000');
    expect(plain(decimalText(-1234.5, 1))).toBe('−1 234.5');
    expect(decimalText(-0.001, 2)).toBe('0.00');
    expect(signedText(2.3)).toBe('+2.30');
    expect(signedText(-0.7)).toBe('−0.70');
    expect(signedText(0.001)).toBe('0.00');
  });

  it('never call the uncertain certain', () => {
    expect(plain(percentText(0.974))).toBe('97 %');
    expect(plain(percentText(0.9999))).toBe('> 99 %');
    expect(plain(percentText(0.0004))).toBe('< 1 %');
    expect(plain(percentText(1))).toBe('100 %');
    expect(plain(percentText(0))).toBe('0 %');
  });

  it('say a probability in words that mean one thing', () => {
    expect([0.97, 0.9, 0.6, 0.5, 0.3, 0.1, 0.01].map(probabilityWords)).toEqual([
      'Almost certain',
      'Very likely',
      'Likely',
      'Even chance',
      'Unlikely',
      'Very unlikely',
      'Remote',
    ]);
  });

  it('give people with two significant digits', () => {
    expect([0, 12.4, 99, 310, 4183, 15250].map((n) => plain(peopleText(n)))).toEqual(['0', '12', '99', '310', '4 200', '15 000']);
  });

  it('carry their unit as people write it', () => {
    expect(plain(quantityText(6.42, 'Cel'))).toBe('6.4 °C');
    expect(plain(quantityText(270, 'deg'))).toBe('270°');
    expect(plain(quantityText(0.126, 'm/s2'))).toBe('0.13 m/s²');
    expect(plain(quantityText(1430, '{people}'))).toBe('1 430');
  });

  it('keep their digits, so that nothing jumps', () => {
    expect([61.9, 62, 62.04].map((x) => plain(quantityText(x, 'dB')))).toEqual(['61.9 dB', '62.0 dB', '62.0 dB']);
  });

  it('give distances with two significant digits', () => {
    expect([3.2, 147, 1599, 12345].map((x) => plain(distanceText(x)))).toEqual(['3 m', '150 m', '1.6 km', '12 km']);
  });
});

describe('times', () => {
  const time = Date.UTC(2026, 10, 21, 23, 30, 5);

  it('are the city’s', () => {
    expect(clockText(time, 'Europe/Prague')).toBe('00:30:05');
    expect(clockText(time, 'UTC')).toBe('23:30:05');
    expect(zoneText(time, 'Europe/Prague')).toMatch(/CET|GMT\+1/);
  });

  it('carry their day where it is another than today’s there', () => {
    expect(momentText(time, time + 60_000, 'UTC')).toBe('23:30:05');
    expect(momentText(time, time + 3_600_000, 'UTC')).toBe('21 Nov 23:30:05');
    expect(momentText(time, time + 3_600_000, 'Europe/Prague')).toBe('00:30:05');
  });

  it('become ages that fit on a card', () => {
    expect([-500, 8_400, 61_000, 3_600_000, 7_500_000, 100_000_000, 86_400_000 * 12.3].map(ageText)).toEqual([
      '0 s',
      '8 s',
      '1 min',
      '1 h',
      '2 h 05 min',
      '1 d 3 h',
      '12 d',
    ]);
    expect([0, 400, 61_000].map(agoText)).toEqual(['just now', 'just now', '1 min ago']);
    expect(tickingAgeText(187_000)).toBe('3:07 min');
    expect(tickingAgeText(601_000)).toBe('10 min');
    expect(tickingAgeText(7_500_000)).toBe('2:05 h');
    expect(durationText(90)).toBe('1 min 30 s');
  });
});

describe('readings', () => {
  it('are read by the kind of their datastream', () => {
    expect(plain(readingText(6.4, stream))).toBe('6.4 °C');
    expect(readingText(true, { ...stream, resultKind: 'TRUTH' })).toBe('Yes');
    expect(readingText('access.granted', { ...stream, resultKind: 'EVENT' })).toBe('Access granted');
    expect(readingText('red', { ...stream, resultKind: 'CATEGORY' })).toBe('red');
    expect(readingText(undefined, stream)).toBe('–');
    expect(resultText({ type: 'door.forced', door: 'A' }, { ...stream, resultKind: 'EVENT' })).toBe('Door forced');
    expect(resultText([1, 2], { ...stream, resultKind: 'VECTOR' })).toBe('[1,2]');
  });

  it('have words even for codes that came later than this console', () => {
    expect(words('GATE_AREA')).toBe('Gate area');
    expect(words('future-dated')).toBe('Future dated');
  });
});
