import fc from 'fast-check';
import type { StockFact } from '../domain/stock-fact.ts';
import type { LedgerBench } from './ledger-bench.ts';
import {
  CART_TTL_MS,
  MODEL_LOCATIONS,
  MODEL_NETWORKS,
  MODEL_SKUS,
  type LedgerModel,
  type ModelAllocation,
} from './ledger-model.ts';

export type ModelCommand = fc.Command<LedgerModel, LedgerBench>;

const ORDER = 'order';
const sku = fc.constantFrom(...MODEL_SKUS);
const location = fc.constantFrom(...MODEL_LOCATIONS);
const channel = fc.constantFrom(...Object.keys(MODEL_NETWORKS));
const units = fc.integer({ min: 1, max: 6 });
const nth = fc.nat({ max: 20 });
const agoMs = fc.nat({ max: 100_000 });
const content = fc.constantFrom('one', 'one', 'one', 'other');
/** Few ids, so that many facts are repetitions or conflicts. */
const eventId = fc.nat({ max: 40 }).map((number) => `event-${number}`);

/** A command of its fields; what it does to the model says what the ledger must do. */
function command<Fields>(
  name: string,
  fields: fc.Arbitrary<Fields>,
  run: (fields: Fields, model: LedgerModel, bench: LedgerBench) => void,
): fc.Arbitrary<ModelCommand> {
  return fields.map((drawn) => ({
    check: () => true,
    run: (model, bench) => run(drawn, model, bench),
    toString: () => `${name}(${JSON.stringify(drawn)})`,
  }));
}

function expectOutcome(isAccepted: boolean, code: string | undefined, told: string): void {
  if (isAccepted === (code === undefined)) return;
  throw new Error(`${told}: the model says ${isAccepted ? 'yes' : 'no'}, the ledger ${code ?? 'yes'}`);
}

const reserve = command(
  'reserve',
  fc.record({ channel, lines: fc.array(fc.record({ sku, units }), { minLength: 1, maxLength: 3 }) }),
  (asked, model, bench) => {
    const isAccepted = MODEL_SKUS.every((each) => {
      const lines = asked.lines.filter((line) => line.sku === each);
      const sum = lines.reduce((total, line) => total + line.units, 0);
      return sum === 0 || model.mayReserve(asked.channel, each, sum);
    });
    const expiresAtMs = bench.clock.nowMs() + CART_TTL_MS;
    const lines = asked.lines.map((line) => [line.sku, String(line.units)] as const);
    const outcome = bench.reserve(lines, { channel: asked.channel });
    expectOutcome(isAccepted, outcome.code, 'reserve');
    if (outcome.code !== undefined) return;
    outcome.answer.reservations.forEach(({ id }, index) => {
      const line = asked.lines[index] as (typeof asked.lines)[number];
      model.reservations.push({ id, ...line, channel: asked.channel, status: 'ACTIVE', expiresAtMs });
    });
  },
);

const reserveAt = command(
  'reserveAt',
  fc.record({ location, sku, units, channel: fc.option(channel, { nil: undefined }) }),
  (asked, model, bench) => {
    const { location: at, channel: seller = `STORE:${at}` } = asked;
    const takesPart = asked.channel === undefined || MODEL_NETWORKS[asked.channel]?.includes(at) === true;
    const isAccepted = takesPart && model.mayReserveAt({ sku: asked.sku, location: at }, asked.units, asked.channel);
    const expiresAtMs = bench.clock.nowMs() + CART_TTL_MS;
    const outcome = bench.reserve([[asked.sku, String(asked.units)]], { channel: seller, location: at });
    expectOutcome(isAccepted, outcome.code, 'reserveAt');
    if (outcome.code !== undefined) return;
    const [{ id } = { id: '' }] = outcome.answer.reservations;
    const claim = { id, sku: asked.sku, units: asked.units, channel: seller, location: at } as const;
    model.reservations.push({ ...claim, status: 'ACTIVE', expiresAtMs });
  },
);

const cancel = command('cancel', fc.record({ nth }), (asked, model, bench) => {
  const found = model.reservations[asked.nth];
  if (!found) return;
  bench.do({ type: 'cancel-reservations', request: { commandId: 'c', reservations: [found.id] } });
  if (found.status === 'ACTIVE') found.status = 'CANCELLED';
});

const allocate = command('allocate', fc.record({ nth, location, units }), (asked, model, bench) => {
  const found = model.reservations[asked.nth];
  if (!found) return;
  const at = found.location ?? asked.location;
  const taken = Math.min(asked.units, found.units);
  const takesPart = found.location !== undefined || MODEL_NETWORKS[found.channel]?.includes(at) === true;
  const isAccepted = found.status === 'ACTIVE' && takesPart && model.mayAllocate(found, at, taken);
  const orderLine = `line-${asked.nth % 3}-${found.channel}`;
  const line = { orderLine, reservation: found.id, location: at, sku: found.sku, quantity: String(taken) };
  const { code } = bench.do({ type: 'allocate-stock', request: { commandId: 'a', order: ORDER, lines: [line] } });
  expectOutcome(isAccepted, code, 'allocate');
  if (isAccepted) model.allocate(found, orderLine, at, taken);
});

const deallocate = command(
  'deallocate',
  fc.record({ nth, units, isReserving: fc.boolean() }),
  (asked, model, bench) => {
    const found = model.open()[asked.nth];
    if (!found) return;
    const { orderLine, sku: item, location: at, channel: seller } = found;
    const lines = [{ orderLine, location: at, sku: item, quantity: String(asked.units) }];
    const request = { commandId: 'd', order: ORDER, channel: seller, lines };
    const afterwards = asked.isReserving ? ('RESERVE' as const) : ('NOTHING' as const);
    // oxlint-disable-next-line unicorn/no-thenable -- a word of the contract, and no function
    const outcome = bench.do({ type: 'deallocate-stock', request: { ...request, afterwards } });
    expectOutcome(true, outcome.code, 'deallocate');
    if (outcome.code !== undefined) return;
    const taken = Math.min(asked.units, found.units);
    // Units that are not picked go first.
    found.units -= taken;
    found.picked = Math.min(found.picked, found.units);
    const [reserved] = outcome.answer.reservations;
    if ((reserved !== undefined) !== (asked.isReserving && seller in MODEL_NETWORKS)) throw new Error('a wrong claim');
    if (!reserved) return;
    const claim = { id: reserved.id, sku: item, units: taken, channel: seller, status: 'ACTIVE' } as const;
    model.reservations.push({ ...claim, expiresAtMs: undefined });
  },
);

/** Tells a fact of one line under an id that may have been told before. */
function tell(
  {
    bench,
    id,
    payloadHash,
    occurredAtMs,
  }: { bench: LedgerBench; id: string; payloadHash: string; occurredAtMs: number },
  type: StockFact['type'],
  data: object,
): void {
  const source = { system: 'pos', eventId: id };
  const fact = { type, source, payloadHash, occurredAtMs, data, isOwner: true } as unknown as StockFact;
  const { code } = bench.do({ type: 'record-fact', fact });
  expectOutcome(true, code, type);
}

const physical = fc.record({ id: eventId, content, location, sku, units, agoMs });

const receive = command('receive', physical, (told, model, bench) => {
  const occurredAtMs = bench.clock.nowMs() - told.agoMs;
  const data = { location: told.location, reference: 'po', lines: [lineOf(told)] };
  tell({ bench, id: told.id, payloadHash: told.content, occurredAtMs }, 'goods-received', data);
  if (model.isNew(told.id, told.content)) model.move(told, told.units, occurredAtMs);
});

const sell = command('sell', physical, (told, model, bench) => {
  const occurredAtMs = bench.clock.nowMs() - told.agoMs;
  const data = { location: told.location, externalId: 'receipt', lines: [lineOf(told)] };
  tell({ bench, id: told.id, payloadHash: told.content, occurredAtMs }, 'store-sale-recorded', data);
  if (model.isNew(told.id, told.content)) model.move(told, -told.units, occurredAtMs);
});

const shortPick = command('shortPick', physical, (told, model, bench) => {
  const occurredAtMs = bench.clock.nowMs() - told.agoMs;
  const data = { order: 'none', location: told.location, lines: [{ ...lineOf(told), orderLine: 'none' }] };
  tell({ bench, id: told.id, payloadHash: told.content, occurredAtMs }, 'short-pick-recorded', data);
  if (!model.isNew(told.id, told.content)) return;
  model.move(told, -told.units, occurredAtMs);
  model.suspects.push({ sku: told.sku, location: told.location, units: told.units });
});

const count = command('count', physical, (told, model, bench) => {
  const occurredAtMs = bench.clock.nowMs() - told.agoMs;
  const data = { location: told.location, lines: [lineOf(told)] };
  tell({ bench, id: told.id, payloadHash: told.content, occurredAtMs }, 'stock-counted', data);
  if (model.isNew(told.id, told.content)) model.count(told, told.units, occurredAtMs);
});

const work = fc.record({ id: eventId, content, nth, units, agoMs });

const pick = command('pick', work, (told, model, bench) => {
  const found = model.open()[told.nth];
  if (!found) return;
  tell(timed(told, bench), 'pick-recorded', workData(found, told.units));
  if (model.isNew(told.id, told.content)) found.picked = Math.min(found.units, found.picked + told.units);
});

const ship = command('ship', work, (told, model, bench) => {
  const found = model.open()[told.nth];
  if (!found) return;
  tell(timed(told, bench), 'shipment-recorded', workData(found, told.units));
  if (!model.isNew(told.id, told.content)) return;
  model.move(found, -told.units, bench.clock.nowMs() - told.agoMs);
  // Units that are picked go first.
  const taken = Math.min(told.units, found.units);
  found.units -= taken;
  found.picked = Math.max(0, found.picked - taken);
});

const wait = command('wait', fc.record({ ms: fc.integer({ min: 1, max: 600_000 }) }), ({ ms }, model, bench) => {
  bench.clock.advance(ms);
  bench.do({ type: 'expire-reservations' });
  model.expire(bench.clock.nowMs());
});

function lineOf({ sku: item, units: told }: { readonly sku: string; readonly units: number }): object {
  return { lineId: '1', sku: item, quantity: String(told) };
}

function workData({ orderLine, sku: item, location: at }: ModelAllocation, told: number): object {
  return { order: ORDER, location: at, lines: [{ ...lineOf({ sku: item, units: told }), orderLine }] };
}

function timed(told: { readonly id: string; readonly content: string; readonly agoMs: number }, bench: LedgerBench) {
  return { bench, id: told.id, payloadHash: told.content, occurredAtMs: bench.clock.nowMs() - told.agoMs };
}

/** Everything that may happen, what brings stock and claims more often than the rest. */
export const MODEL_COMMANDS: readonly fc.Arbitrary<ModelCommand>[] = [
  receive,
  receive,
  reserve,
  reserve,
  reserveAt,
  cancel,
  allocate,
  allocate,
  deallocate,
  pick,
  ship,
  sell,
  shortPick,
  count,
  wait,
];
