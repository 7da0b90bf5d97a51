import fc from 'fast-check';
import type { ModelAllocation } from './ledger-model.ts';
import { ORDER } from './model-claim-commands.ts';
import { command, lineOf, location, nth, nthOf, sku, tell, telling, units } from './model-command.ts';
import { MODEL_KIT, MODEL_SKUS, partsOf } from './model-world.ts';

const physical = fc.record({ ...telling, location, sku, units });
const document = fc.constantFrom('PO-1', 'PO-2');

const receive = command(
  'receive',
  fc.record({ ...telling, location, sku, units: fc.integer({ min: 1, max: 12 }), document }),
  (told, model, bench) => {
    const data = { location: told.location, reference: told.document, lines: [lineOf(told)] };
    const atMs = tell({ model, bench, told }, 'goods-received', data);
    if (atMs === undefined) return;
    model.move(told, told.units, atMs);
    model.supply.receipts.push(told);
  },
);

/** A kit is sold by its parts. */
const sell = command(
  'sell',
  fc.record({ ...telling, location, units, sku: fc.constantFrom(...MODEL_SKUS, ...MODEL_SKUS, MODEL_KIT) }),
  (told, model, bench) => {
    const data = { location: told.location, externalId: 'receipt', lines: [lineOf(told)] };
    const atMs = tell({ model, bench, told }, 'store-sale-recorded', data);
    if (atMs === undefined) return;
    for (const part of partsOf(told.sku, told.units)) {
      model.move({ sku: part.sku, location: told.location }, -part.units, atMs);
    }
  },
);

const shortPick = command('shortPick', physical, (told, model, bench) => {
  const data = { order: 'none', location: told.location, lines: [{ ...lineOf(told), orderLine: 'none' }] };
  const atMs = tell({ model, bench, told }, 'short-pick-recorded', data);
  if (atMs === undefined) return;
  model.move(told, -told.units, atMs);
  model.held.push({ ...told, bucket: 'SUSPECT' });
});

const takeBack = command('takeBack', physical, (told, model, bench) => {
  const data = { location: told.location, externalId: 'return', lines: [lineOf(told)] };
  if (tell({ model, bench, told }, 'return-recorded', data) === undefined) return;
  model.held.push({ ...told, bucket: 'RETURN_PENDING' });
});

const adjust = command(
  'adjust',
  fc.record({ ...telling, location, sku, units: fc.constantFrom(-3, -1, 2) }),
  (told, model, bench) => {
    const data = { location: told.location, lines: [{ ...lineOf(told), reason: 'FOUND' }] };
    const atMs = tell({ model, bench, told }, 'stock-adjusted', data);
    if (atMs !== undefined) model.move(told, told.units, atMs);
  },
);

const BUCKETS = ['SELLABLE', 'SELLABLE', 'QC_HOLD', 'DAMAGED', 'QUARANTINE', 'RETURN_PENDING', 'SUSPECT'] as const;
const bucket = fc.constantFrom(...BUCKETS);

const changeCondition = command(
  'changeCondition',
  fc.record({ ...telling, location, sku, units, from: bucket, to: bucket }),
  (told, model, bench) => {
    const { from, to } = told;
    if (from === to) return;
    const data = { location: told.location, lines: [{ ...lineOf(told), from, to }] };
    const atMs = tell({ model, bench, told }, 'condition-changed', data);
    if (atMs === undefined) return;
    for (const [place, count] of [
      [from, -told.units],
      [to, told.units],
    ] as const) {
      if (place === 'SELLABLE') model.move(told, count, atMs);
      else model.held.push({ sku: told.sku, location: told.location, bucket: place, units: count });
    }
  },
);

/** Several places of a SKU are counted together. */
const count = command(
  'count',
  fc.record({ ...telling, location, sku, units, more: fc.nat({ max: 2 }) }),
  (told, model, bench) => {
    const lines = [lineOf(told), ...(told.more > 0 ? [lineOf({ ...told, units: told.more }, '2')] : [])];
    const atMs = tell({ model, bench, told }, 'stock-counted', { location: told.location, lines } as never);
    if (atMs !== undefined) model.count(told, told.units + told.more, atMs);
  },
);

const work = fc.record({ ...telling, nth, units });

const pick = command('pick', work, (told, model, bench) => {
  const found = nthOf(model.open(), told.nth);
  if (!found) return;
  if (tell({ model, bench, told }, 'pick-recorded', workData(found, told.units)) === undefined) return;
  found.picked = Math.min(found.units, found.picked + told.units);
});

const ship = command('ship', work, (told, model, bench) => {
  const found = nthOf(model.open(), told.nth);
  if (!found) return;
  const atMs = tell({ model, bench, told }, 'shipment-recorded', workData(found, told.units));
  if (atMs === undefined) return;
  model.move(found, -told.units, atMs);
  // Units that are picked go first.
  const taken = Math.min(told.units, found.units);
  found.units -= taken;
  found.picked = Math.max(0, found.picked - taken);
});

function workData({ orderLine, sku: item, location: at }: ModelAllocation, shipped: number) {
  return { order: ORDER, location: at, lines: [{ ...lineOf({ sku: item, units: shipped }), orderLine }] };
}

const announce = command(
  'announce',
  fc.record({
    ...telling,
    document,
    location,
    sku,
    units: fc.nat({ max: 8 }),
    line: fc.constantFrom('1', '2'),
    type: fc.constantFrom('supply-announced', 'supply-changed', 'supply-cancelled'),
    inMs: fc.constantFrom(undefined, -60_000, 60_000, 3_600_000),
  }),
  (told, model, bench) => {
    const { document: id, type, inMs } = told;
    const expectedAtMs = inMs === undefined ? undefined : bench.clock.nowMs() + inMs;
    const expectedAt = expectedAtMs === undefined ? {} : { expectedAt: new Date(expectedAtMs).toISOString() };
    const line = { ...lineOf(told), documentLine: told.line, ...expectedAt };
    const data = { document: id, location: told.location, lines: [line] };
    const statedAtMs = tell({ model, bench, told }, type, data);
    if (statedAtMs === undefined) return;
    const ordered = type === 'supply-cancelled' ? 0 : told.units;
    model.supply.statements.push({ ...told, units: ordered, expectedAtMs, statedAtMs });
  },
);

export const FACT_COMMANDS = [
  receive,
  receive,
  receive,
  sell,
  shortPick,
  takeBack,
  adjust,
  changeCondition,
  count,
  pick,
  ship,
  announce,
  announce,
];
