import fc from 'fast-check';
import type { ReserveStock } from '../../../schema/commands/inventory.ts';
import { LIFETIME_MS_MAX_BY_KIND, PRIORITY_BY_KIND, TTL_MS_BY_KIND } from '../domain/reservation.ts';
import type { LedgerBench } from './ledger-bench.ts';
import type { LedgerModel, ModelLine } from './ledger-model.ts';
import { channel, command, expectOutcome, location, maybe, nth, nthOf, units } from './model-command.ts';
import { MODEL_KIT, MODEL_NETWORKS, MODEL_SKUS, partsOf, PICKUP_LOCATIONS } from './model-world.ts';

export const ORDER = 'order';

const kind = fc.constantFrom('CART', 'CART', 'CHECKOUT', 'MARKETPLACE_UNPAID', 'ORDER', 'MANUAL' as const);
/** Several lines of one SKU, and of kits beside what they are put together from. */
const lines = fc.array(fc.record({ sku: fc.constantFrom(...MODEL_SKUS, ...MODEL_SKUS, MODEL_KIT), units }), {
  minLength: 1,
  maxLength: 3,
});
const priority = maybe(fc.nat({ max: 9 }));

type Asked = Pick<ReserveStock, 'kind' | 'channel'> & {
  readonly lines: readonly ModelLine[];
  readonly location?: string;
  readonly priority: number | undefined;
};

function reserveBoth(
  { model, bench }: { readonly model: LedgerModel; readonly bench: LedgerBench },
  asked: Asked,
  { isAccepted, owed }: { readonly isAccepted: boolean; readonly owed: readonly number[] },
): void {
  const { kind: of, channel: seller, location: at, lines: wanted } = asked;
  const nowMs = bench.clock.nowMs();
  const outcome = bench.reserve(
    wanted.map((line) => [line.sku, String(line.units)] as const),
    {
      channel: seller,
      kind: of,
      ...(at !== undefined && { location: at }),
      ...(asked.priority !== undefined && { priority: asked.priority }),
    },
  );
  expectOutcome(isAccepted, outcome.code, 'reserve');
  if (outcome.code !== undefined) return;
  const ttlMs = TTL_MS_BY_KIND[of];
  outcome.answer.reservations.forEach(({ id }, index) => {
    model.reservations.push({
      ...(wanted[index] as ModelLine),
      id,
      kind: of,
      channel: seller,
      owed: owed[index] ?? 0,
      ...(at !== undefined && { location: at }),
      status: 'ACTIVE',
      priority: asked.priority ?? PRIORITY_BY_KIND[of],
      reservedAtMs: nowMs,
      expiresAtMs: ttlMs === null ? undefined : nowMs + ttlMs,
    });
  });
}

/** Often all that may be sold, or one more than that, or one less. */
const edge = fc.constantFrom(undefined, undefined, -1, 0, 1);

const reserve = command('reserve', fc.record({ channel, kind, lines, priority, edge }), (asked, model, bench) => {
  const [first] = asked.lines as [ModelLine];
  const most = model.available(asked.channel, first.sku) + (asked.edge ?? 0);
  const wanted = asked.edge === undefined || most < 1 ? asked.lines : [{ ...first, units: most }];
  const isAccepted = model.mayReserve(asked.channel, wanted);
  reserveBoth({ model, bench }, { ...asked, lines: wanted }, { isAccepted, owed: model.owedOf(asked.channel, wanted) });
});

/** At the counter of a store, or by a channel; a pick-up passes the check of its location and of the network at once. */
const reserveAt = command(
  'reserveAt',
  fc.record({ location, channel: maybe(channel), kind: fc.constantFrom('CART', 'PICKUP' as const), lines, priority }),
  (asked, model, bench) => {
    const { location: at, channel: seller = `STORE:${at}` } = asked;
    const takesPart = asked.channel === undefined || MODEL_NETWORKS[asked.channel]?.includes(at) === true;
    const isHandedOut = asked.kind !== 'PICKUP' || PICKUP_LOCATIONS.includes(at);
    const isAccepted = takesPart && isHandedOut && model.mayReserveAt(at, asked.lines, seller);
    reserveBoth({ model, bench }, { ...asked, channel: seller }, { isAccepted, owed: [] });
  },
);

const cancel = command('cancel', fc.record({ nth }), (asked, model, bench) => {
  const found = nthOf(model.reservations, asked.nth);
  if (!found) return;
  bench.do({ type: 'cancel-reservations', request: { commandId: 'c', reservations: [found.id] } });
  if (found.status === 'ACTIVE') found.status = 'CANCELLED';
});

/** What is owed goes first; the rest keeps its terms under another name. */
const giveUpInPart = command('giveUpInPart', fc.record({ nth, units }), (asked, model, bench) => {
  const found = nthOf(model.reservations, asked.nth);
  if (!found) return;
  const parts = [{ reservation: found.id, quantity: String(asked.units) }];
  const given = bench.do({ type: 'cancel-reservations', request: { commandId: 'p', reservations: [], parts } });
  if (given.code !== undefined || found.status !== 'ACTIVE') return;
  const rest = found.units - asked.units;
  const [left] = given.answer.reservations ?? [];
  expectOutcome(rest > 0, left ? undefined : 'NOTHING_LEFT', 'giveUpInPart');
  found.status = 'CANCELLED';
  if (!left) return;
  const owed = Math.max(0, found.owed - asked.units);
  model.reservations.push({ ...found, id: left.id, units: rest, owed, status: 'ACTIVE' });
});

/** Judged as if the old claim were gone; kits are put together from what is there, which nothing is given up for. */
const replace = command('replace', fc.record({ nth, units }), (asked, model, bench) => {
  const ofNetworks = model.reservations.filter((each) => each.kind === 'ORDER' && each.location === undefined);
  const found = nthOf(ofNetworks, asked.nth);
  if (!found) return;
  const { status, sku, channel: seller } = found;
  const line = { sku, units: asked.units };
  found.status = 'CANCELLED';
  const isAccepted = sku !== MODEL_KIT && model.mayReserve(seller, [line]);
  const [owed = 0] = isAccepted ? model.owedOf(seller, [line]) : [];
  found.status = status;
  const owner = bench.state.reservations.get(found.id)?.owner;
  const options = {
    channel: seller,
    kind: 'ORDER' as const,
    replaces: [found.id],
    ...(owner !== undefined && { owner }),
  };
  const outcome = bench.reserve([[sku, String(asked.units)] as const], options);
  expectOutcome(isAccepted, outcome.code, 'replace');
  if (outcome.code !== undefined) return;
  const [made] = outcome.answer.reservations;
  if (!made) return;
  const reservedAtMs = status === 'ACTIVE' ? found.reservedAtMs : bench.clock.nowMs();
  if (status === 'ACTIVE') found.status = 'CANCELLED';
  const terms = { status: 'ACTIVE', priority: PRIORITY_BY_KIND.ORDER, reservedAtMs } as const;
  model.reservations.push({ ...found, ...terms, id: made.id, units: asked.units, owed });
});

const TTLS_MS = [500, 60_000, 900_000, 604_800_000, 604_800_001] as const;

const extend = command(
  'extend',
  fc.record({ nth, ttlMs: maybe(fc.constantFrom(...TTLS_MS)) }),
  (asked, model, bench) => {
    const found = nthOf(model.reservations, asked.nth);
    if (!found) return;
    const of = found.kind as ReserveStock['kind'];
    const ttlMs = asked.ttlMs ?? TTL_MS_BY_KIND[of];
    const nowMs = bench.clock.nowMs();
    const untilMs = Math.max(found.expiresAtMs ?? 0, nowMs + (ttlMs ?? 0));
    const isAccepted =
      found.status === 'ACTIVE' &&
      found.expiresAtMs !== undefined &&
      ttlMs !== null &&
      ttlMs >= 1_000 &&
      ttlMs <= 604_800_000 &&
      untilMs <= found.reservedAtMs + (LIFETIME_MS_MAX_BY_KIND[of] ?? 0);
    const request = { commandId: 'x', reservation: found.id, ...(asked.ttlMs !== undefined && { ttlMs: asked.ttlMs }) };
    const { code } = bench.do({ type: 'extend-reservation', request });
    expectOutcome(isAccepted, code, 'extend');
    if (isAccepted) found.expiresAtMs = untilMs;
  },
);

const allocate = command('allocate', fc.record({ nth, location, units }), (asked, model, bench) => {
  const found = nthOf(model.reservations, asked.nth);
  if (!found) return;
  const at = found.location ?? asked.location;
  const taken = Math.min(asked.units, found.units);
  const takesPart = found.location !== undefined || MODEL_NETWORKS[found.channel]?.includes(at) === true;
  const isAccepted = found.status === 'ACTIVE' && takesPart && model.mayAllocate(found, at, taken);
  const orderLine = `line-${asked.nth % 3}-${found.channel}`;
  const line = { orderLine, reservation: found.id, location: at, sku: found.sku, quantity: String(taken) };
  const { code } = bench.do({ type: 'allocate-stock', request: { commandId: 'a', order: ORDER, lines: [line] } });
  expectOutcome(isAccepted, code, 'allocate');
  if (isAccepted) model.allocate(found, { order: ORDER, orderLine }, { location: at, units: taken });
});

/** Of a kit its parts; what of them makes no whole kit is given back, too, and claimed no more. */
const deallocate = command(
  'deallocate',
  fc.record({ nth, units, isKit: fc.boolean(), isReserving: fc.boolean() }),
  (asked, model, bench) => {
    const found = nthOf(model.open(), asked.nth);
    if (!found) return;
    const { orderLine, location: at, channel: seller } = found;
    const item = asked.isKit ? MODEL_KIT : found.sku;
    const request = {
      commandId: 'd',
      order: ORDER,
      channel: seller,
      lines: [{ orderLine, location: at, sku: item, quantity: String(asked.units) }],
    };
    const afterwards = asked.isReserving ? ('RESERVE' as const) : ('NOTHING' as const);
    // oxlint-disable-next-line unicorn/no-thenable -- a word of the contract, and no function
    const outcome = bench.do({ type: 'deallocate-stock', request: { ...request, afterwards } });
    expectOutcome(true, outcome.code, 'deallocate');
    if (outcome.code !== undefined) return;
    const whole = partsOf(item, 1).map((part) => {
      const open = model.open().find((each) => {
        return each.sku === part.sku && each.location === at && each.orderLine === orderLine;
      });
      const taken = Math.min(asked.units * part.units, open?.units ?? 0);
      if (open) {
        open.units -= taken;
        // Units that are not picked go first.
        open.picked = Math.min(open.picked, open.units);
      }
      return Math.floor(taken / part.units);
    });
    const [reserved] = outcome.answer.reservations;
    const isReserved = asked.isReserving && seller in MODEL_NETWORKS && Math.min(...whole) > 0;
    if ((reserved !== undefined) !== isReserved) throw new Error('a wrong claim');
    if (!reserved) return;
    model.reservations.push({
      id: reserved.id,
      kind: 'ORDER',
      sku: item,
      units: Math.min(...whole),
      owed: 0,
      channel: seller,
      status: 'ACTIVE',
      priority: PRIORITY_BY_KIND.ORDER,
      reservedAtMs: bench.clock.nowMs(),
      expiresAtMs: undefined,
    });
  },
);

export const CLAIM_COMMANDS = [
  reserve,
  reserve,
  reserve,
  reserveAt,
  cancel,
  giveUpInPart,
  replace,
  extend,
  allocate,
  allocate,
  deallocate,
];
