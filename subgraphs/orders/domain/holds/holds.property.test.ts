import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isRefusal, type RefusalValue } from '../../../../kernel/model/errors.ts';
import { testConfig } from '../../../../kernel/testing/config.ts';
import { InventoryModel } from '../../testing/inventory-model.ts';
import { allocateAt, releaseAt, sampleOrder, settleAll, told } from '../../testing/sample-order.ts';
import type { CaptureMoment } from '../money/capture-rules.ts';
import { activeHolds, blockedBy, HOLD_TYPES, type HoldBlock, type HoldType } from './hold.ts';
import type { OrderCommand, Transition } from '../order-command.ts';
import type { Order } from '../order.ts';
import { askedOf, capturedOf } from '../money/payment.ts';
import { transition } from '../transition.ts';
import { countUnits } from '../units.ts';

/*
 * I27, both ways. Under a hold nothing happens that it blocks; and whatever it does not block happens exactly as it would
 * without the hold: every command is given to the order with and without its holds, and the outcomes are held together.
 */

const BLOCKS: readonly HoldBlock[] = ['ALLOCATE', 'RELEASE', 'SHIP', 'CAPTURE'];
const LOCATIONS = ['DC', 'STORE'] as const;

interface Step {
  readonly kind: 'allocate' | 'release' | 'fulfil' | 'told-shipped' | 'cancel' | 'hold' | 'resolve' | 'reject' | 'wait';
  readonly location: (typeof LOCATIONS)[number];
  readonly which: number;
  readonly type: HoldType;
  readonly blocks: readonly HoldBlock[];
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(
    ...(['allocate', 'allocate', 'release', 'release', 'fulfil', 'fulfil', 'fulfil', 'fulfil'] as const),
    ...([
      'told-shipped',
      'told-shipped',
      'told-shipped',
      'cancel',
      'hold',
      'hold',
      'resolve',
      'resolve',
      'resolve',
      'reject',
      'wait',
    ] as const),
  ),
  location: fc.constantFrom(...LOCATIONS),
  which: fc.nat(20),
  type: fc.constantFrom(...HOLD_TYPES),
  blocks: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...BLOCKS).map((block) => [block]) },
    { weight: 1, arbitrary: fc.subarray([...BLOCKS], { minLength: 1 }) },
  ),
});

const CAPTURES: readonly CaptureMoment[] = ['PLACEMENT', 'RELEASE', 'SHIPMENT', 'DELIVERY'];

/** Where the order is allocated before the run, or null: it begins at the beginning. */
interface Start {
  readonly location: string | null;
  readonly isReleased: boolean;
}

const start: fc.Arbitrary<Start> = fc.record({
  location: fc.constantFrom(null, ...LOCATIONS),
  isReleased: fc.boolean(),
});

class Run {
  order: Order;
  readonly inventory = new InventoryModel(LOCATIONS);
  /** What was kept from happening at least once. */
  readonly seen = new Set<string>();
  #ordinal = 0;

  constructor(at: CaptureMoment, { location, isReleased }: Start) {
    for (const sku of ['MUG', 'JUG']) for (const location of LOCATIONS) this.inventory.put(sku, location, 5);
    const capture = { at, overCapturePercent: 0, rulesVersion: 'v1' };
    const tenders = [{ tender: 'CARD', amountMinor: 901, capture }] as const;
    this.order = settleAll(sampleOrder({ tenders }), this.inventory);
    if (location === null) return;
    this.order = allocateAt(this.order, location, this.inventory);
    if (isReleased) this.order = releaseAt(this.order, location, true);
  }

  take(next: Step): void {
    const command = this.#commandOf(next);
    if (command) {
      const before = this.order;
      const outcome = transition(before, command);
      if (!isRefusal(outcome)) this.order = outcome.state;
      this.#assertBlocked(before, command, outcome);
      this.#assertNothingElse(before, command, outcome);
    }
    this.order = settleAll(this.order, this.inventory);
  }

  /** A hold that was there before and after kept what it says from happening. */
  #assertBlocked(before: Order, command: OrderCommand, outcome: Transition | RefusalValue): void {
    const lasting = activeHolds(this.order).filter(({ id }) => activeHolds(before).some((hold) => hold.id === id));
    const isBlocked = (block: HoldBlock): boolean => lasting.some(({ blocks }) => blocks.includes(block));
    if (isBlocked('CAPTURE')) {
      expect(takenOf(this.order)).toBeLessThanOrEqual(takenOf(before));
      if (takenOf(this.order) < takenOf(this.#free(command, before))) this.seen.add('CAPTURE');
    }
    for (const [block, type] of [
      ['ALLOCATE', 'PlanAllocation'],
      ['RELEASE', 'PlanRelease'],
    ] as const) {
      if (command.type !== type || !isBlocked(block)) continue;
      expect(this.order).toBe(before);
      if (
        this.#free(command, before).pending !== before.pending ||
        this.#free(command, before).lines !== before.lines
      ) {
        this.seen.add(block);
      }
    }
    if (command.type === 'FulfilOrder' && command.step === 'SHIP' && isBlocked('SHIP')) {
      expect(outcome).toMatchObject({ code: 'ORDER_HELD' });
      this.seen.add('SHIP');
    }
  }

  /** What is not blocked happens as if there were no hold. */
  #assertNothingElse(before: Order, command: OrderCommand, outcome: Transition | RefusalValue): void {
    if (blockedBy(before, 'CAPTURE') || command.type === 'PlaceHold' || command.type === 'ResolveHold') return;
    const concerned = blockOf(command);
    if (concerned && blockedBy(before, concerned)) return;
    const free = transition(withoutHolds(before), command);
    if (isRefusal(free) || isRefusal(outcome)) {
      expect(isRefusal(outcome) && outcome.code).toBe(isRefusal(free) && free.code);
      return;
    }
    if (activeHolds(before).length > 0) {
      if (takenOf(free.state) > takenOf(before)) this.seen.add('CAPTURED_BESIDE_A_HOLD');
      if (free.state.pending.length > before.pending.length) this.seen.add('DECIDED_BESIDE_A_HOLD');
    }
    const { lines, payments, pending } = outcome.state;
    expect({ lines, payments, pending }).toEqual({
      lines: free.state.lines,
      payments: free.state.payments,
      pending: free.state.pending,
    });
  }

  #free(command: OrderCommand, before: Order): Order {
    const outcome = transition(withoutHolds(before), command);
    return isRefusal(outcome) ? before : outcome.state;
  }

  #commandOf({ kind, location, which, type, blocks }: Step): OrderCommand | undefined {
    const message = told(`m${++this.#ordinal}`, this.#ordinal);
    const holds = activeHolds(this.order);
    const hold = holds[which % Math.max(1, holds.length)]?.id;
    switch (kind) {
      case 'allocate': {
        const choices = this.order.lines.flatMap(({ id: line, claims }) =>
          claims.flatMap(({ reservation }) => (reservation === null ? [] : [{ line, reservation, location }])),
        );
        return { type: 'PlanAllocation', choices, unsourced: [], givenUp: [], told: message };
      }
      case 'release':
        return { type: 'PlanRelease', location, byHub: true, told: message };
      case 'fulfil': {
        const steps = ['PICK', 'PACK', 'SHIP', 'SHIP', 'DELIVER'] as const;
        return { type: 'FulfilOrder', location, step: steps[which % steps.length] ?? 'SHIP', told: message };
      }
      case 'told-shipped': {
        const line = this.order.lines[which % 2];
        const quantity = countUnits(line?.units ?? [], { states: ['ALLOCATED', 'RELEASED', 'PACKED'], location });
        if (!line || quantity === 0) return undefined;
        this.inventory.ship(line.id, line.sku, { location, quantity });
        const parcel = { externalId: message.evidence, carrier: null, trackingNumber: null };
        const lines = [{ line: line.id, quantity }];
        return { type: 'RecordWork', step: 'SHIPPED', location, parcel, lines, misfits: [], told: message };
      }
      case 'cancel':
        return which > 0 ? undefined : { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: [], told: message };
      case 'hold':
        return {
          type: 'PlaceHold',
          hold: { type, blocks, placedBy: 'ann', authority: 'desk', reason: 'look' },
          told: message,
        };
      case 'resolve':
      case 'reject': {
        if (hold === undefined || (kind === 'reject' && which > 9)) return undefined;
        const outcome = kind === 'resolve' ? 'RESOLVED' : 'REJECTED';
        const by = { by: 'ann', authority: 'desk', reason: 'seen' };
        return { type: 'ResolveHold', hold, outcome, ...by, wmsLocations: [], told: message };
      }
      case 'wait':
        return { type: 'PassTime', nowMs: message.occurredAtMs, told: message };
    }
  }
}

/** What a command does that a hold may block; undefined: nothing. */
function blockOf(command: OrderCommand): HoldBlock | undefined {
  if (command.type === 'PlanAllocation') return 'ALLOCATE';
  if (command.type === 'PlanRelease') return 'RELEASE';
  return command.type === 'FulfilOrder' && command.step === 'SHIP' ? 'SHIP' : undefined;
}

/** The very order when it has none. */
function withoutHolds(order: Order): Order {
  return order.holds?.length ? { ...order, holds: [] } : order;
}

const takenOf = ({ payments }: Order): number =>
  payments.reduce((sum, payment) => sum + capturedOf(payment) + askedOf(payment, 'CAPTURE'), 0);

const { propertyRuns, propertySeed } = testConfig();
const CORNERS = { seed: 4, numRuns: 300 };

function checkRuns(parameters: fc.Parameters<[CaptureMoment, Start, Step[]]>): ReadonlySet<string> {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.constantFrom(...CAPTURES), start, fc.array(step, { maxLength: 40 }), (at, from, steps) => {
      const run = new Run(at, from);
      for (const next of steps) run.take(next);
      for (const block of run.seen) seen.add(block);
      for (const { type } of run.order.timeline) seen.add(type);
    }),
    parameters,
  );
  return seen;
}

describe('holds of an order', () => {
  test('block what they say and nothing else, whatever happens', () => {
    checkRuns({ numRuns: propertyRuns * 4, ...(propertySeed !== undefined && { seed: propertySeed }) });
  });

  test('are led into their corners by such runs', () => {
    const seen = checkRuns(CORNERS);
    for (const block of BLOCKS) expect(seen).toContain(block);
    for (const corner of ['CAPTURED_BESIDE_A_HOLD', 'DECIDED_BESIDE_A_HOLD']) expect(seen).toContain(corner);
    for (const type of ['HOLD_BREACHED', 'HOLD_RESOLVED', 'HOLD_REJECTED']) expect(seen).toContain(type);
  });
});
