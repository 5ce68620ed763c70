// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';

import type { LedgerLine } from '../src/api/types';
import { COMMANDS, offered } from '../src/incident/commands';
import { probabilityOfNothing, weigh } from '../src/incident/ledger';

function line(key: string, weights: LedgerLine['weights']): LedgerLine {
  return { key, kind: 'EVIDENCE', weights, sentence: key, at: '2026-11-21T10:00:00Z', count: 1, detections: [], evidence: [] };
}

describe('the ledger', () => {
  const ledger = [
    line('prior', { ARMED_ATTACK: -6, INTRUSION: -3 }),
    line('bang', { ARMED_ATTACK: 4.5 }),
    line('door', { ARMED_ATTACK: 2, INTRUSION: 3.5 }),
  ];

  it('adds up in its own order to the hypothesis’s log-odds', () => {
    const weighing = weigh(ledger, 'ARMED_ATTACK');
    expect(weighing.lines.map(({ weight }) => weight)).toEqual([-6, 4.5, 2]);
    expect(weighing.lines.map(({ sum }) => sum)).toEqual([-6, -1.5, 0.5]);
    expect(weighing.sum).toBe(0.5);
  });

  it('weighs nothing where a line says nothing of the hypothesis', () => {
    expect(weigh(ledger, 'INTRUSION').lines.map(({ weight }) => weight)).toEqual([-3, 0, 3.5]);
    expect(weigh(ledger, 'SABOTAGE').sum).toBe(0);
  });

  it('has an axis that holds every weight and every sum', () => {
    expect(weigh(ledger, 'ARMED_ATTACK').reach).toBe(6);
    expect(weigh([line('a', { SABOTAGE: 2 }), line('b', { SABOTAGE: 3 })], 'SABOTAGE').reach).toBe(5);
    expect(weigh([], 'SABOTAGE').reach).toBe(1);
  });

  it('leaves the rest of the probability to nothing that matters', () => {
    expect(probabilityOfNothing([{ type: 'ARMED_ATTACK', logOdds: 0, probability: 0.9 }])).toBeCloseTo(0.1);
    expect(probabilityOfNothing([{ type: 'ARMED_ATTACK', logOdds: 0, probability: 1.0000001 }])).toBeCloseTo(0);
  });
});

describe('commands', () => {
  it('have keys of their own', () => {
    expect(new Set(COMMANDS.map(({ key }) => key)).size).toBe(COMMANDS.length);
  });

  it('are offered as the incident’s status allows', () => {
    const names = (status: Parameters<typeof offered>[0]): string[] => offered(status).map(({ name }) => name);
    expect(names('OPEN')).toEqual(['acknowledge', 'assign', 'dismiss', 'resolve', 'note', 'merge', 'split']);
    expect(names('DISMISSED')).toEqual(['note', 'reopen']);
    expect(names('MERGED')).toEqual([]);
  });
});
