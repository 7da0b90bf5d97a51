import { describe, expect, test } from '@jest/globals';
import { authorizedReturn, brief, NOW_MS, requestedReturn } from '../testing/return-samples.ts';
import { receiveAnnouncedReturn } from './receive-announced-return.ts';
import type { ReturnState } from './return-state.ts';
import type { ArrivedUnits } from './take-in.ts';

function arrive(state: ReturnState, units: Partial<ArrivedUnits>, eventId = 'e1') {
  let next = 0;
  const lines = [{ sku: 'A1', steps: 3, decimals: 0 as const, ...units }];
  const fact = { system: 'wms', eventId, location: 'W1', occurredAtMs: NOW_MS, nowMs: NOW_MS };
  return receiveAnnouncedReturn(state, { ...fact, lines, nextId: () => `n${++next}` });
}

describe('receiveAnnouncedReturn', () => {
  test('receives what was expected and tells the order, but not the ledger, which hears the same fact', () => {
    const { state, steps } = arrive(authorizedReturn(), { returnLine: 'l1' });
    expect(brief(state.lines)).toEqual(['3 of ol1 RECEIVED']);
    expect(state.tasks.map((task) => task.kind)).toEqual(['REGISTER_RETURN', 'SYNC_CLAIMS']);
    expect(steps).toMatchObject([{ step: 'RECEIVED', told: { system: 'wms', eventId: 'e1' } }]);
    expect(state).toMatchObject({ location: 'W1', status: 'RECEIVED' });
  });

  test('keeps expecting the rest when fewer came', () => {
    expect(brief(arrive(authorizedReturn(), { steps: 2 }).state.lines)).toEqual([
      '2 of ol1 RECEIVED',
      '1 of ol1 AUTHORIZED',
    ]);
  });

  test('takes in as blind what is more than expected', () => {
    expect(brief(arrive(authorizedReturn(), { steps: 4 }).state.lines)).toEqual([
      '3 of ol1 RECEIVED',
      '1 of nothing RECEIVED',
    ]);
  });

  test('authorizes by arrival what nobody had decided yet', () => {
    expect(brief(arrive(requestedReturn(), {}).state.lines)).toEqual(['3 of ol1 RECEIVED']);
  });

  test('takes the same fact once', () => {
    const { state } = arrive(authorizedReturn(), { steps: 1 });
    const again = arrive(state, { steps: 1 });
    expect(again.state).toBe(state);
    expect(brief(arrive(state, { steps: 1 }, 'e2').state.lines)).toEqual([
      '1 of ol1 RECEIVED',
      '1 of ol1 RECEIVED',
      '1 of ol1 AUTHORIZED',
    ]);
  });
});
