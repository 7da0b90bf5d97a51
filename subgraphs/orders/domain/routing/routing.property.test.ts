import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isRefusal } from '../../../../kernel/model/errors.ts';
import { testConfig } from '../../../../kernel/testing/config.ts';
import { InventoryModel } from '../../testing/inventory-model.ts';
import { sampleOrder, settleAll, told } from '../../testing/sample-order.ts';
import type { CommandOutcome } from '../command-outcome.ts';
import type { OrderCommand } from '../order-command.ts';
import type { Order } from '../order.ts';
import { transition } from '../transition.ts';

const { propertyRuns, propertySeed } = testConfig();
const OMS = 'oms-main';

function placed(): Order {
  const inventory = new InventoryModel(['DC', 'SHOP']);
  for (const sku of ['MUG', 'JUG']) for (const location of ['DC', 'SHOP']) inventory.put(sku, location, 5);
  return settleAll(sampleOrder({ routing: { system: OMS, state: 'NEW' } }), inventory);
}

type Step =
  | { readonly kind: 'ROUTE'; readonly status: 'ALLOCATED' | 'RELEASED' | 'CANCELLED' }
  | { readonly kind: 'WORK'; readonly step: 'PICKED' | 'PACKED' | 'SHIPPED' }
  | { readonly kind: 'END' | 'SHORT' | 'CANCEL' | 'SETTLE' | 'REFUSE' };

interface Doing {
  readonly step: Step;
  readonly location: 'DC' | 'SHOP';
  readonly line: 1 | 2;
  readonly quantity: number;
  readonly parcel: number;
}

const doings = fc.array(
  fc.record<Doing>({
    step: fc.constantFrom<Step>(
      { kind: 'ROUTE', status: 'ALLOCATED' },
      { kind: 'ROUTE', status: 'RELEASED' },
      { kind: 'ROUTE', status: 'CANCELLED' },
      { kind: 'WORK', step: 'PICKED' },
      { kind: 'WORK', step: 'PACKED' },
      { kind: 'WORK', step: 'SHIPPED' },
      { kind: 'END' },
      { kind: 'SHORT' },
      { kind: 'CANCEL' },
      { kind: 'SETTLE' },
      { kind: 'SETTLE' },
      { kind: 'REFUSE' },
    ),
    location: fc.constantFrom('DC', 'SHOP'),
    line: fc.constantFrom(1, 2),
    quantity: fc.integer({ min: 1, max: 4 }),
    parcel: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 40 },
);

function commandOf({ step, location, line, quantity, parcel }: Doing, at: number): OrderCommand {
  const lines = [{ line: `order-1.${line}`, quantity }];
  const about = { location, lines, misfits: [], told: { ...told(`told-${at}`), source: OMS } };
  switch (step.kind) {
    case 'ROUTE':
      return { type: 'RecordRouting', status: step.status, reason: null, ...about };
    case 'WORK': {
      const shipped = { externalId: `parcel-${parcel}`, carrier: null, trackingNumber: null };
      return { type: 'RecordWork', step: step.step, ...(step.step === 'SHIPPED' && { parcel: shipped }), ...about };
    }
    case 'END':
      return { type: 'EndRelease', reason: 'closed', ...about };
    case 'SHORT':
      return { type: 'RecordShortPick', eventId: `told-${at}`, ...about };
    default:
      return { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: [], told: about.told };
  }
}

/** Answers the oldest command as its receiver would, or refuses it where it may be refused. */
function settle(order: Order, isRefused: boolean): OrderCommand | undefined {
  const [command] = order.pending;
  if (!command) return undefined;
  const named = (
    lines: readonly { readonly orderLine?: string; readonly lineRef?: string; readonly quantity: string }[],
  ) =>
    lines.map(({ orderLine, lineRef = orderLine ?? '', quantity }, index) => {
      return { id: `${command.id}/${index}`, lineRef, quantity };
    });
  let outcome: CommandOutcome = { status: 'DONE' };
  if (command.name === 'allocate-stock' && isRefused) {
    outcome = { status: 'REFUSED', code: 'INSUFFICIENT_STOCK', message: 'not there', details: {} };
  } else if (command.name === 'reserve-stock') {
    outcome = { status: 'DONE', reservations: named(command.request.lines) };
  } else if (command.name === 'deallocate-stock') {
    outcome = {
      status: 'DONE',
      reservations: command.request.afterwards === 'RESERVE' ? named(command.request.lines) : [],
    };
  } else if (command.name === 'cancel-reservations') {
    const rests = order.lines.flatMap(({ id, claims }) =>
      claims
        .filter(({ commandId }) => commandId === command.id)
        .map(({ quantity }) => ({ orderLine: id, quantity: String(quantity) })),
    );
    outcome = { status: 'DONE', reservations: named(rests) };
  } else if (command.name === 'route-order') {
    outcome = { status: 'DONE', document: 'oms_1' };
  } else if (command.name === 'stop-work') {
    outcome = { status: 'DONE', stopped: isRefused ? 'REFUSED' : 'CANCELLED' };
  }
  return { type: 'SettleCommand', commandId: command.id, outcome, told: told(command.id) };
}

test('takes in whatever an OMS tells, in any order, keeps every unit, and comes to rest with nothing left waiting', () => {
  fc.assert(
    fc.property(doings, (all) => {
      let order = placed();
      const apply = (command: OrderCommand): void => {
        const result = transition(order, command);
        if (!isRefusal(result)) order = result.state;
        else expect(command.type).toBe('CancelOrder');
      };
      for (const [at, doing] of all.entries()) {
        const { kind } = doing.step;
        const command =
          kind === 'SETTLE' || kind === 'REFUSE' ? settle(order, kind === 'REFUSE') : commandOf(doing, at);
        if (command) apply(command);
        // Nobody but the OMS chooses.
        expect(order.decisions ?? []).toEqual([]);
        expect(order.pending.filter(({ name }) => name === 'release-work')).toEqual([]);
      }
      for (let round = 0; order.pending.length > 0; round++) {
        expect(round).toBeLessThan(500);
        const command = settle(order, false);
        if (command) apply(command);
      }
      expect(order.routing?.early).toBeUndefined();
      expect(order.lines.flatMap(({ claims }) => claims).filter(({ commandId }) => commandId !== null)).toEqual([]);
    }),
    { numRuns: propertyRuns, ...(propertySeed !== undefined && { seed: propertySeed }) },
  );
});
