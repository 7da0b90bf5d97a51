import { describe, expect, test } from '@jest/globals';
import { isRefusal } from '../../../kernel/model/errors.ts';
import { authorizedReturn } from '../testing/return-samples.ts';
import { claimUnits, noClaims, setClaim, stepsClaimedBy, type OrderClaims } from './order-claims.ts';

const claim = (current: OrderClaims, returnId: string, steps: number, returnable = 5) =>
  claimUnits(current, {
    returnId,
    version: 0,
    nowMs: 1,
    lines: [{ orderLine: 'ol1', steps, decimals: 0 }],
    returnable: new Map([['ol1', returnable]]),
  });

function claimed(outcome: ReturnType<typeof claim>): OrderClaims {
  if (isRefusal(outcome)) throw new Error(outcome.code);
  return outcome;
}

describe('claims against an order', () => {
  test('count what other open returns claim', () => {
    const first = claimed(claim(noClaims('o1'), 'r1', 3));
    expect(claim(first, 'r2', 3)).toMatchObject({
      code: 'RETURN_EXCEEDS_SOLD',
      details: { orderLine: 'ol1', asked: '3', returnable: '2' },
    });
    expect(isRefusal(claim(first, 'r2', 2))).toBe(false);
  });

  test('are replaced, not added, when the same return claims again', () => {
    const again = claimed(claim(claimed(claim(noClaims('o1'), 'r1', 5)), 'r1', 4));
    expect(again.claims['r1']?.steps).toEqual({ ol1: 4 });
  });

  test('count two lines of a request for the same order line together', () => {
    const lines = [
      { orderLine: 'ol1', steps: 3, decimals: 0 },
      { orderLine: 'ol1', steps: 3, decimals: 0 },
    ] as const;
    const request = { returnId: 'r1', version: 0, nowMs: 1, lines, returnable: new Map([['ol1', 5]]) };
    expect(claimUnits(noClaims('o1'), request)).toMatchObject({ code: 'RETURN_EXCEEDS_SOLD' });
  });

  test('are never brought back by an older version of their return', () => {
    const newer = setClaim(noClaims('o1'), { returnId: 'r1', version: 3, nowMs: 1, steps: { ol1: 1 } });
    expect(setClaim(newer, { returnId: 'r1', version: 2, nowMs: 1, steps: { ol1: 5 } })).toBe(newer);
    expect(setClaim(newer, { returnId: 'r1', version: 4, nowMs: 1, steps: {} }).claims).toEqual({});
  });

  test('end for a line when the order knows of it or it will not come back', () => {
    const state = authorizedReturn();
    expect(stepsClaimedBy(state)).toEqual({ ol1: 3 });
    const lines = state.lines.map((line) => ({ ...line, isRegistered: true }));
    expect(stepsClaimedBy({ ...state, lines })).toEqual({});
    const rejected = state.lines.map((line) => ({ ...line, status: 'REJECTED' as const }));
    expect(stepsClaimedBy({ ...state, lines: rejected })).toEqual({});
  });
});
