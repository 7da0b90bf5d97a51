/*
 * Any sequence of commands against a return, whatever their order: lines move over the table alone, units are neither
 * lost nor made, and what is refused changes nothing.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isRefusal, type RefusalValue } from '../../../kernel/model/errors.ts';
import { testConfig } from '../../../kernel/testing/config.ts';
import { accepted, authorizedReturn, NOW_MS, requestedLine, requestedReturn } from '../testing/return-samples.ts';
import { authorizeReturn } from './authorize-return.ts';
import { dispositionReturn } from './disposition-return.ts';
import { inspectReturn } from './inspect-return.ts';
import { deriveStatus, LINE_TRANSITIONS, type LineStatus } from './line-transitions.ts';
import { receiveAnnouncedReturn } from './receive-announced-return.ts';
import { receiveReturn } from './receive-return.ts';
import type { Change, ReturnState } from './return-state.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();

type Command = (state: ReturnState, nextId: () => string) => Change | RefusalValue;

const index = fc.nat(5);
const lineAt = (state: ReturnState, at: number): string => state.lines[at % state.lines.length]?.id ?? '';

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.boolean().map(
    (approve): Command =>
      (state) =>
        authorizeReturn(state, { approve, by: 'ann', nowMs: NOW_MS }),
  ),
  fc.constantFrom('S1', 'S2').map(
    (location): Command =>
      (state, nextId) =>
        receiveReturn(state, { location, nowMs: NOW_MS, nextId }),
  ),
  fc.tuple(index, fc.constantFrom('A', 'B', 'C', 'D')).map(
    ([at, condition]): Command =>
      (state, nextId) =>
        inspectReturn(state, { lines: [{ line: lineAt(state, at), condition }], by: 'ann', nowMs: NOW_MS, nextId }),
  ),
  fc.tuple(index, fc.constantFrom('RESTOCK', 'MISSING', 'DAMAGED')).map(
    ([at, disposition]): Command =>
      (state, nextId) =>
        dispositionReturn(state, { lines: [{ line: lineAt(state, at), disposition }], nowMs: NOW_MS, nextId }),
  ),
  fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 5 }), fc.constantFrom('A1', 'B1')).map(
    ([event, steps, sku]): Command =>
      (state, nextId) =>
        receiveAnnouncedReturn(state, {
          system: 'wms',
          eventId: `e${event}`,
          location: 'W1',
          occurredAtMs: NOW_MS,
          nowMs: NOW_MS,
          lines: [{ sku, steps, decimals: 0 }],
          nextId,
        }),
  ),
);

/** Whether the table leads from one status to the other, in any number of steps. */
function leadsTo(from: LineStatus, to: LineStatus): boolean {
  const reached = new Set([from]);
  for (const status of reached) for (const next of LINE_TRANSITIONS[status]) reached.add(next);
  return reached.has(to);
}

const stepsOf = (state: ReturnState): number => state.lines.reduce((sum, line) => sum + line.steps, 0);

test('lines move over the table alone, and no unit is lost', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(command, { maxLength: 20 }), (isAuthorized, commands) => {
      const lines = [requestedLine(), requestedLine({ id: 'l2', sku: 'B1', orderLine: 'ol2', steps: 2 })];
      let state = isAuthorized ? authorizedReturn(lines) : requestedReturn(lines);
      let nextId = 0;
      for (const run of commands) {
        const before = state;
        const outcome = run(state, () => `n${nextId++}`);
        if (isRefusal(outcome)) continue;
        state = accepted(outcome).state;
        for (const line of before.lines) {
          const after = state.lines.find((candidate) => candidate.id === line.id);
          expect(after && leadsTo(line.status, after.status)).toBe(true);
        }
        expect(stepsOf(state)).toBeGreaterThanOrEqual(stepsOf(before));
        expect(state.status).toBe(deriveStatus(state.lines));
        const surplus = state.lines
          .filter((line) => line.orderLine === null)
          .reduce((sum, line) => sum + line.steps, 0);
        expect(stepsOf(state) - surplus).toBe(5);
        expect(new Set(state.tasks.map((task) => task.id)).size).toBe(state.tasks.length);
      }
    }),
    { numRuns, ...(propertySeed !== undefined && { seed: propertySeed }) },
  );
});
