import { describe, expect, test } from '@jest/globals';
import { isRefusal } from '../../../kernel/model/errors.ts';
import { deriveStatus, moveLine, type LineStatus } from './line-transitions.ts';

/** Written out a second time on purpose: every pair of statuses, as the domain says it. */
const LEGAL: Readonly<Record<LineStatus, Readonly<Record<LineStatus, boolean>>>> = {
  REQUESTED: row('AUTHORIZED', 'REJECTED', 'CANCELLED'),
  AUTHORIZED: row('RECEIVED', 'DISPOSITIONED', 'CANCELLED'),
  REJECTED: row(),
  CANCELLED: row(),
  RECEIVED: row('INSPECTED'),
  INSPECTED: row('DISPOSITIONED'),
  DISPOSITIONED: row('DISPOSITIONED', 'CLOSED'),
  CLOSED: row('DISPOSITIONED'),
};

function row(...legal: LineStatus[]): Record<LineStatus, boolean> {
  const is = (status: LineStatus): boolean => legal.includes(status);
  return {
    REQUESTED: is('REQUESTED'),
    AUTHORIZED: is('AUTHORIZED'),
    REJECTED: is('REJECTED'),
    CANCELLED: is('CANCELLED'),
    RECEIVED: is('RECEIVED'),
    INSPECTED: is('INSPECTED'),
    DISPOSITIONED: is('DISPOSITIONED'),
    CLOSED: is('CLOSED'),
  };
}

const STATUSES = Object.keys(LEGAL) as LineStatus[];
const PAIRS = STATUSES.flatMap((from) => STATUSES.map((to) => [from, to, LEGAL[from][to]] as const));

describe('moveLine', () => {
  test.each(PAIRS)('from %s to %s: %s', (from, to, isLegal) => {
    const outcome = moveLine({ id: 'l1', status: from }, to);
    if (isLegal) expect(outcome).toEqual({ id: 'l1', status: to });
    else
      expect(outcome).toMatchObject({ refused: true, code: 'ILLEGAL_TRANSITION', details: { line: 'l1', from, to } });
    expect(isRefusal(outcome)).toBe(!isLegal);
  });
});

describe('deriveStatus', () => {
  const of = (...statuses: LineStatus[]) => deriveStatus(statuses.map((status) => ({ status })));

  test.each<[LineStatus, LineStatus[]]>([
    ['REQUESTED', ['CLOSED', 'REQUESTED']],
    ['RECEIVED', ['RECEIVED', 'INSPECTED', 'REJECTED']],
    ['CLOSED', ['CLOSED', 'CANCELLED']],
    ['REJECTED', ['REJECTED', 'CANCELLED']],
    ['CANCELLED', ['CANCELLED']],
  ])('is %s over %j', (expected, statuses) => {
    expect(of(...statuses)).toBe(expected);
  });
});
