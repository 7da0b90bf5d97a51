import { channelId, skuId } from '../../../kernel/model/codes.ts';
import { invariant, isRefusal, Obstacle, Refusal, toRefusal } from '../../../kernel/model/errors.ts';
import { parsePositiveQuantity } from '../../../kernel/model/quantity.ts';
import type { ParcelAddress } from '../../../schema/commands/outbound-parcels.ts';
import type { ChargeKind, Tender } from '../../../schema/events/fields.ts';
import { taxCheckOf } from '../domain/money/tax-rules.ts';
import { isTakenOn } from '../domain/acceptance.ts';
import { captureOrder, type NewLine, type NewTender } from '../domain/capture-order.ts';
import { ORDER_LIMITS, type Order } from '../domain/order.ts';
import type { Told } from '../domain/told.ts';
import type { PendingCommand } from '../domain/commands-of-order.ts';
import type { LineDiscount, Tax } from '../domain/order-line.ts';
import type { Destination } from '../domain/sourcing/destination.ts';
import { acceptUnclaimed } from './accept-unclaimed.ts';
import type { Cause } from './cause.ts';
import { contentHash } from './content-hash.ts';
import { handOffsOf } from './hand-offs.ts';
import type { OrdersServices } from './orders-services.ts';
import { readName } from './read-name.ts';
import { readPickup } from './read-pickup.ts';
import { sendCommand } from './send-command.ts';
import { promiseClaimed } from './sourcing/promise-claimed.ts';
import { toldByHub } from './told-by.ts';

interface PlacedLine {
  readonly sku: string;
  readonly quantity: string;
  readonly unitPriceMinor: number;
  readonly discounts?: readonly LineDiscount[];
  readonly taxes?: readonly Tax[];
  /** The location where the customer collects it; absent: it is sent. */
  readonly pickupAt?: string;
  /** Absent: as the rules of the channel say. */
  readonly allowsSubstitute?: boolean;
}

export interface PlacedTender {
  readonly tender: Tender;
  readonly amountMinor: number;
  /** Absent: the channel takes the money by itself. */
  readonly provider?: PlacedProvider;
}

/** Either the token that is to be authorised, or the provider's id of what the channel had authorised. */
interface PlacedProvider {
  readonly system: string;
  readonly token?: string;
  readonly reference?: string;
}

export interface PlaceOrder {
  readonly channel: string;
  readonly externalId: string;
  readonly customer: string | null;
  /** In which the customer is told of it, BCP 47; absent: that of the channel. */
  readonly language?: string;
  /** Absent: not told. */
  readonly destination?: Destination;
  /** As it stands on a label; kept apart from the order. Absent: not told. */
  readonly shipTo?: ParcelAddress;
  readonly lines: readonly PlacedLine[];
  /** Absent: they do. */
  readonly pricesIncludeTax?: boolean;
  readonly charges: readonly {
    readonly kind: ChargeKind;
    readonly description: string;
    readonly amountMinor: number;
    readonly promotion?: string;
    readonly taxes?: readonly Tax[];
  }[];
  readonly tenders: readonly PlacedTender[];
}

type Services = Pick<
  OrdersServices,
  | 'store'
  | 'skus'
  | 'channels'
  | 'addresses'
  | 'marketplaces'
  | 'askInventory'
  | 'capacity'
  | 'rules'
  | 'places'
  | 'sourcing'
  | 'wms'
  | 'outbound'
  | 'payments'
  | 'taxes'
  | 'taxRules'
  | 'handOffs'
  | 'orchestration'
  | 'knownPayments'
  | 'capturePolicy'
  | 'parked'
  | 'pickupRules'
  | 'placementRules'
  | 'clock'
  | 'ids'
  | 'telemetry'
>;

const TEXT_LENGTH_MAX = { externalId: 200, description: 2_000 } as const;

/**
 * Places an order: keeps it, then claims the stock of all lines or of none. Idempotent per channel and number: the same
 * content gives the same order, also the same refusal; while the ledger was away the order stays CAPTURED, and the same
 * number with the same content goes on from there, until the order is called off as abandoned. Where its channel takes
 * orders on meanwhile, it goes on by itself.
 *
 * @throws {Refusal} INSUFFICIENT_STOCK naming what is available; IDEMPOTENCY_KEY_REUSED; whatever is wrong with the input
 * @throws {Obstacle} when the ledger does not answer, and the channel does not take orders on meanwhile
 */
export async function placeOrder(services: Services, input: PlaceOrder, cause: Cause): Promise<Order> {
  const channel = channelId(input.channel);
  checkTexts(input);
  const hash = contentHash({ ...input, channel });
  const known = await services.store.findByNumber(channel, input.externalId);
  const order = known ?? (await capture(services, { input, channel, hash }, cause));
  if (order.contentHash !== hash) {
    throw new Refusal('IDEMPOTENCY_KEY_REUSED', `${channel} has another order ${input.externalId}.`, {
      channel,
      externalId: input.externalId,
    });
  }
  if (input.shipTo) await keepAddress(services, order, input.shipTo);
  return answerOf(await askOutside(services, await claimOrAccept(services, order, cause), cause));
}

/**
 * Where it is sent is kept before anything is claimed, and again by whoever asks again: no address is kept of an order
 * that is not there, or that sends nothing any more.
 */
async function keepAddress({ store, addresses }: Services, order: Order, shipTo: ParcelAddress): Promise<void> {
  if (order.status !== 'RECEIVED') return;
  await addresses.keep(order.id, shipTo);
  if (!(await store.get(order.id))?.hasAddress) await addresses.forget(order.id);
}

/** @throws {Refusal} BAD_USER_INPUT */
export function checkTexts({
  externalId,
  customer,
  charges,
}: Pick<PlaceOrder, 'externalId' | 'customer' | 'charges'>): void {
  const texts: (readonly [keyof typeof TEXT_LENGTH_MAX, string, number])[] = [['externalId', externalId.trim(), 1]];
  for (const { description } of charges) texts.push(['description', description, 0]);
  for (const [field, text, min] of texts) {
    const max = TEXT_LENGTH_MAX[field];
    if (text.length >= min && text.length <= max) continue;
    throw new Refusal('BAD_USER_INPUT', `${field} must have ${min} to ${max} characters.`, { field, max });
  }
  if (customer !== null) readName(customer, 'customer');
}

export interface Capture {
  readonly input: PlaceOrder;
  readonly channel: string;
  readonly hash: string;
  /** By a system that has taken the order already. Absent: somebody asks for it now. */
  readonly toldBy?: Told;
}

/** Keeps a new order, or finds the one of its number. @throws {Refusal} whatever is wrong with the input */
export async function capture(services: Services, captured: Capture, cause: Cause): Promise<Order> {
  const { input, channel, hash, toldBy } = captured;
  const { store, ids, clock } = services;
  const told = toldBy ?? toldByHub(clock.nowMs(), `${channel}/${input.externalId}`);
  const [seller, orchestrator] = await Promise.all([
    services.channels.get(channel),
    services.orchestration.orchestratorOf(channel, told.occurredAtMs),
  ]);
  if (!seller) throw new Refusal('UNKNOWN_CHANNEL', `No channel ${channel} is registered.`, { channel });
  const country = input.destination?.country ?? null;
  const taxCheck = taxCheckOf(services.taxRules, { channel, country });
  const order = captureOrder({
    id: ids.next(),
    channel,
    externalId: input.externalId,
    contentHash: hash,
    currency: seller.currency,
    customer: input.customer,
    ...(input.destination && { destination: input.destination }),
    ...(input.shipTo && { hasAddress: true }),
    ...(toldBy && { toldBy: toldBy.source }),
    lines: await readOrderLines(services, input.lines),
    charges: input.charges,
    ...(input.pricesIncludeTax === false && { pricesIncludeTax: false }),
    tenders: newTenders(services, { channel, tenders: input.tenders }),
    ...(taxCheck && { taxCheck }),
    ...handOffsOf(services.handOffs, { ...input, channel, orchestrator }),
    told,
  });
  if (isRefusal(order)) throw toRefusal(order);
  if (await store.insert(order, [], cause)) return store.timed(order);
  const other = await store.findByNumber(channel, input.externalId);
  if (!other) throw new Obstacle('VERSION_CONFLICT', 'The same order is being placed at this moment.');
  return other;
}

/** @throws {Refusal} BAD_USER_INPUT */
export function newTenders(
  { payments, capturePolicy, clock }: Services,
  { channel, tenders }: { readonly channel: string; readonly tenders: readonly PlacedTender[] },
): readonly NewTender[] {
  return tenders.map(({ tender, amountMinor, provider }) => {
    const capture = capturePolicy.choose({ channel, tender, placedAtMs: clock.nowMs() });
    return { tender, amountMinor, capture, ...(provider && { provider: readProvider(provider, payments) }) };
  });
}

function readProvider({ system, token, reference }: PlacedProvider, payments: Services['payments']) {
  if (!payments.some((each) => each.system === system)) {
    throw new Refusal('BAD_USER_INPUT', `No payment system ${system} is connected.`, { field: 'provider', system });
  }
  const named = [token, reference].filter((text) => text !== undefined && text.trim() !== '');
  if (named.length !== 1) {
    throw new Refusal('BAD_USER_INPUT', 'A provider needs either a token or a reference.', { field: 'provider' });
  }
  return { system, token: token ?? null, reference: reference ?? null };
}

export async function readOrderLines(services: Services, lines: PlaceOrder['lines']): Promise<readonly NewLine[]> {
  if (lines.length > ORDER_LIMITS.linesMax) {
    const { linesMax } = ORDER_LIMITS;
    throw new Refusal('BAD_USER_INPUT', `lines must be 1 to ${linesMax}.`, { field: 'lines', max: linesMax });
  }
  const known = await services.skus.getMany(lines.map((line) => skuId(line.sku)));
  return lines.map(({ sku: code, quantity, pickupAt, ...prices }, index) => {
    const sku = skuId(code);
    const decimals = known.get(sku)?.decimals;
    if (decimals === undefined)
      throw new Refusal('UNKNOWN_SKU', `No SKU ${sku} is registered.`, { sku, line: index + 1 });
    const ordered = parsePositiveQuantity(quantity, decimals, `lines[${index}].quantity`);
    const collected = pickupAt === undefined ? {} : { pickupAt: readPickup(services, pickupAt) };
    return { sku, decimals, ordered, ...prices, ...collected };
  });
}

/** Where its channel takes orders on while the ledger is away, it stays CAPTURED and goes on by itself. */
async function claimOrAccept(services: Services, order: Order, cause: Cause): Promise<Order> {
  try {
    return await claimStock(services, order, cause);
  } catch (error) {
    return acceptUnclaimed(services, order, error, cause);
  }
}

async function claimStock(services: Services, order: Order, cause: Cause): Promise<Order> {
  const reserving = order.pending.find((command) => command.name === 'reserve-stock');
  if (order.status !== 'RECEIVED' || !reserving) return order;
  const outcome = await sendCommand(services, { order, command: reserving }, cause);
  invariant(outcome !== 'WAITING', 'The ledger has no queue.');
  const promises = await promiseClaimed(services, { order, outcome }, cause);
  const told = toldByHub(services.clock.nowMs(), reserving.id);
  const settled = await services.store.change(
    order.id,
    { type: 'SettleCommand', commandId: reserving.id, outcome, told, promises },
    cause,
  );
  // The ledger refused for a reason that may pass: the order stays CAPTURED, and its number may be tried again.
  if (settled.status === 'RECEIVED' && outcome.status === 'REFUSED' && !isTakenOn(settled)) {
    throw new Refusal(outcome.code, outcome.message, outcome.details);
  }
  return settled;
}

/** What is asked of outside systems while the customer waits. */
const ASKED_AT_ONCE: readonly PendingCommand['name'][] = ['quote-tax', 'authorise-payment'];

/**
 * Asks for taxes and promises of money while the customer waits. One that does not answer is asked again by whoever goes
 * on with the order, which is held until then.
 */
export async function askOutside(services: Services, order: Order, cause: Cause): Promise<Order> {
  let state = order;
  const asked = new Set<string>();
  for (;;) {
    const command = state.pending.find(({ id, name }) => !asked.has(id) && ASKED_AT_ONCE.includes(name));
    if (!command) return state;
    asked.add(command.id);
    try {
      const outcome = await sendCommand(services, { order: state, command }, cause);
      invariant(outcome !== 'WAITING', 'These are asked for directly.');
      const told = toldByHub(services.clock.nowMs(), command.id);
      const settle = { type: 'SettleCommand', commandId: command.id, outcome, told } as const;
      state = await services.store.change(order.id, settle, cause);
    } catch (error) {
      if (!(error instanceof Obstacle)) throw error;
      services.telemetry.count('orders_answers_postponed_total', { command: command.name, code: error.code });
    }
  }
}

/** @throws {Refusal} the same for every repeat of an order that was rejected */
function answerOf(order: Order): Order {
  const { rejection } = order;
  if (!rejection) return order;
  throw new Refusal(rejection.code, rejection.message, { ...rejection.details, order: order.id });
}
