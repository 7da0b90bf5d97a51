import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { InventoryModel } from '../testing/inventory-model.ts';
import { MachineRun, type Fault } from '../testing/machine-run.ts';
import { LOCATIONS, machineRun, type MachineStart, type MachineStep } from '../testing/machine-step.ts';
import type { Order } from './order.ts';

/*
 * Random runs of an order against a ledger that answers by the contract: whatever comes in whatever order, legal or not,
 * I24-I26 and the caps of money hold after each step, and so does I30: what the ledger holds is what the order says, but for
 * what the commands in flight explain.
 */

const { propertyRuns, propertySeed } = testConfig();

/** Fixed: whether the corners are reached is a fact about the generators, not about the luck of one night. */
const CORNERS = { seed: 8, runs: 200 };

function play([location, steps]: [MachineStart, MachineStep[]], fault?: Fault): MachineRun {
  const run = new MachineRun(location, fault);
  for (const next of steps) run.take(next);
  run.finish();
  return run;
}

function checkRuns(parameters: fc.Parameters<[[MachineStart, MachineStep[]]]>): ReadonlySet<string> {
  const kinds = new Set<string>();
  const check = fc.property(machineRun, (drawn) => {
    const { order } = play(drawn);
    for (const entry of order.timeline) kinds.add(entry.type);
    for (const { units } of order.lines) for (const { state } of units) kinds.add(state);
  });
  fc.assert(check, parameters);
  return kinds;
}

/** How often a fault is seen as a difference that no command in flight explains, in runs that are whole without it. */
function unexplainedIn(fault: () => Fault): number {
  const runs = fc.sample(machineRun, { seed: CORNERS.seed, numRuns: 60 });
  return runs.filter((run) => {
    try {
      play(run, fault());
      return false;
    } catch (error) {
      return error instanceof Error && error.message.includes('explained by a command in flight');
    }
  }).length;
}

describe('the order machine', () => {
  test('keeps units, claims and money whole under any run of commands, messages, losses, expiries and restarts', () => {
    checkRuns({ numRuns: propertyRuns * 2, ...(propertySeed !== undefined && { seed: propertySeed }) });
  });

  test('is led into its corners by such runs', () => {
    const kinds = checkRuns({ numRuns: CORNERS.runs, seed: CORNERS.seed });
    expect(kinds).toContain('STORE_READY_RECORDED');
    for (const kind of ['STOCK_BACKORDERED', 'BACKORDER_COVERED', 'WORK_REJECTED']) expect(kinds).toContain(kind);
    for (const kind of ['ORDER_CHANGED', 'TOLD_CHANGE_REFUSED', 'UNITS_CANCELLED', 'SUBSTITUTED'])
      expect(kinds).toContain(kind);
    for (const kind of ['SHIPMENT_RECORDED', 'SHORT_PICK_RECORDED', 'WORK_STOPPED', 'CANCELLATION_REFUSED']) {
      expect(kinds).toContain(kind);
    }
    for (const kind of ['STATUS_REGRESSION', 'PICKUP_EXPIRED']) expect(kinds).toContain(kind);
  });

  test('is caught when it does not send that a claim is given up', () => {
    expect(unexplainedIn(() => ({ spoil: withoutGivingUp }))).toBeGreaterThan(0);
  });

  test('is caught when it keeps a claim that it has called off', () => {
    expect(unexplainedIn(() => ({ spoil: withClaimsKept }))).toBeGreaterThan(0);
  });

  test('is caught when an allocation is given back twice', () => {
    expect(unexplainedIn(() => ({ inventory: new TwiceGivingLedger(LOCATIONS) }))).toBeGreaterThan(0);
  });
});

const isNew = (before: Order, { id }: Order['pending'][number]): boolean =>
  before.pending.every((command) => command.id !== id);

function withoutGivingUp(before: Order, after: Order): Order {
  const pending = after.pending.filter((command) => command.name !== 'cancel-reservations' || !isNew(before, command));
  return { ...after, pending };
}

function withClaimsKept(before: Order, after: Order): Order {
  const given = after.pending.find((command) => command.name === 'cancel-reservations' && isNew(before, command));
  if (!given) return after;
  const lines = after.lines.map((line, index) => (line.claims.length === 0 ? (before.lines[index] ?? line) : line));
  return { ...after, lines };
}

/** Carries out under another id what was carried out before, as far as there is something left to be taken. */
class TwiceGivingLedger extends InventoryModel {
  override answer(name: string, request: unknown): unknown {
    const reply = super.answer(name, request);
    if (name !== 'deallocate-stock') return reply;
    const again = { ...(request as { readonly commandId: string }), afterwards: 'NOTHING' };
    try {
      super.answer(name, { ...again, commandId: `${again.commandId}/again` });
    } catch {
      // Nothing was left.
    }
    return reply;
  }
}
