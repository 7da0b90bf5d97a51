import { isRefusal, refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { formatQuantity, type StepDecimals, type Steps } from '../../../kernel/model/quantity.ts';
import type { ReserveStock } from '../../../schema/commands/inventory.ts';
import { reservationAnswer } from './answer-of-events.ts';
import { availableFromStock } from './availability.ts';
import { NONE } from './bucket.ts';
import type { Decision, DecisionMoment } from './decision.ts';
import { findLocationOf, findSeller, type Seller } from './find-channel.ts';
import type { ReservationAnswer } from './ledger-command.ts';
import type { LedgerEvent, LedgerEventOf, ReservedLine } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import { kitLinesOf, kitPartsOf } from './kit-parts.ts';
import { readLine, type ReadLine } from './read-line.ts';
import { askedForKits, splitBackorders } from './split-backorders.ts';
import { PRIORITY_BY_KIND, PRIORITY_MAX, TTL_MS_BY_KIND, TTL_MS_MAX, TTL_MS_MIN } from './reservation.ts';
import { sellableQuantity } from './sellable-quantity.ts';
import { soldAhead } from './ships-at.ts';

/** All lines or none; a SKU that comes in several lines is held against what there is once. */
export function decideReserveStock(
  state: LedgerState,
  request: ReserveStock,
  moment: DecisionMoment,
): Decision<'reserve-stock'> {
  const seller = findSeller(state, request.channel);
  if (isRefusal(seller)) return seller;
  const location = findClaimedLocation(state, request, seller);
  if (isRefusal(location)) return location;
  const expiresAtMs = expiryOf(request, moment.nowMs);
  if (isRefusal(expiresAtMs)) return expiresAtMs;
  const priority = priorityOf(request);
  if (isRefusal(priority)) return priority;
  const lines = readLines(state, request);
  if (isRefusal(lines)) return lines;
  const isOfNetwork = location === NONE && seller.type === 'channel';
  const isAccepted = isOfNetwork && request.isAccepted === true;
  const short = findMissing(state, lines, { seller, location });
  const missing = isAccepted ? missingForKits(state, lines, short) : short;
  if (missing.size > 0) return insufficient(state, { request, lines, missing, nowMs: moment.nowMs });
  const owed = isOfNetwork ? splitBackorders(state, lines, { channel: seller.channel, isAccepted }) : [];
  const claimed = request.lines.map((line, index): ReservedLine => {
    const { sku, steps } = lines[index] as ReadLine;
    const components = kitLinesOf(state, sku);
    const backordered = owed[index] ?? 0;
    const claim = { id: moment.nextId(), lineRef: line.lineRef, sku: line.sku, steps };
    if (backordered > 0) return { ...claim, backordered };
    return components ? { ...claim, components } : claim;
  });
  const reserved = isOfNetwork
    ? soldAhead(state, claimed, { channel: seller.channel.id, nowMs: moment.nowMs })
    : claimed;
  const event: LedgerEvent = {
    type: 'stock-reserved',
    ...claimOf(request, moment.nowMs),
    ...(request.location !== undefined && { location: request.location }),
    expiresAtMs,
    priority,
    lines: reserved,
  };
  const reservations = reserved.map((line, index) =>
    reservationAnswer(line, decimalsOf(state, lines[index] as ReadLine), expiresAtMs),
  );
  const decided = { events: [event], answer: { reservations } };
  return lines.every((line) => decimalsOf(state, line) === 0) ? { ...decided, isAnswerOfEvents: true } : decided;
}

function decimalsOf({ skus }: LedgerState, { sku }: ReadLine): StepDecimals {
  return skus[sku]?.decimals ?? 0;
}

/** How a reservation is told to whoever asked for it. */
export function answerOf(state: LedgerState, line: ReservedLine, expiresAtMs: number | null): ReservationAnswer {
  const decimals = state.skus[state.skuIds.find(line.sku) ?? NONE]?.decimals ?? 0;
  return reservationAnswer(line, decimals, expiresAtMs);
}

function findClaimedLocation(state: LedgerState, request: ReserveStock, seller: Seller): number | RefusalValue {
  if (request.location === undefined) {
    if (request.kind === 'PICKUP') {
      return refuse('BAD_USER_INPUT', 'A pick-up names the location where it is collected.', { field: 'location' });
    }
    if (seller.type === 'channel') return NONE;
    return refuse('BAD_USER_INPUT', `${seller.id} takes reservations at its own location only.`, { field: 'location' });
  }
  const location = findLocationOf(state, seller, request.location);
  if (isRefusal(location)) return location;
  if (request.kind !== 'PICKUP' || location.capabilities.includes('PICKUP')) return location.index;
  return refuse('NOT_SOLD_HERE', `Nothing can be collected at ${location.id}.`, { location: location.id });
}

function expiryOf({ kind, ttlMs }: ReserveStock, nowMs: number): number | null | RefusalValue {
  const byKind = TTL_MS_BY_KIND[kind];
  if (ttlMs === undefined) return byKind === null ? null : nowMs + byKind;
  if (byKind === null)
    return refuse('BAD_USER_INPUT', `A reservation of kind ${kind} never expires.`, { field: 'ttlMs' });
  if (ttlMs >= TTL_MS_MIN && ttlMs <= TTL_MS_MAX) return nowMs + ttlMs;
  const message = `ttlMs must be ${TTL_MS_MIN} to ${TTL_MS_MAX}.`;
  return refuse('BAD_USER_INPUT', message, { field: 'ttlMs', min: TTL_MS_MIN, max: TTL_MS_MAX });
}

/** Who gives way last. */
export function priorityOf({
  kind,
  priority = PRIORITY_BY_KIND[kind],
}: Pick<ReserveStock, 'kind' | 'priority'>): number | RefusalValue {
  if (Number.isInteger(priority) && priority >= 0 && priority <= PRIORITY_MAX) return priority;
  const message = `priority must be 0 to ${PRIORITY_MAX}.`;
  return refuse('BAD_USER_INPUT', message, { field: 'priority', min: 0, max: PRIORITY_MAX });
}

/** The lines as the ledger counts them, or why one cannot be read. */
export function readLines(state: LedgerState, request: ReserveStock): readonly ReadLine[] | RefusalValue {
  const lines: ReadLine[] = [];
  for (const line of request.lines) {
    const read = readLine(state, line);
    if (isRefusal(read)) return { ...read, details: { ...read.details, lineRef: line.lineRef } };
    lines.push(read);
  }
  return lines;
}

const NOTHING_MISSING: ReadonlyMap<number, Steps> = new Map();

/**
 * The SKUs of which more is asked for than may be sold, with what may be. Components are held against what there is once,
 * whichever kits and lines of the request need them.
 */
function findMissing(
  state: LedgerState,
  lines: readonly ReadLine[],
  from: { readonly seller: Seller; readonly location: number },
): ReadonlyMap<number, Steps> {
  const [only] = lines;
  // Most requests have one line of what is no kit, and need no sums.
  if (only && lines.length === 1 && !state.skus[only.sku]?.components) {
    const available = sellableQuantity(state, only.sku, from);
    return only.steps > available ? new Map([[only.sku, available]]) : NOTHING_MISSING;
  }
  const asked = new Map<number, Steps>();
  const add = (sku: number, steps: Steps): void => void asked.set(sku, (asked.get(sku) ?? 0) + steps);
  for (const { sku, steps } of lines) {
    add(sku, steps);
    for (const part of kitPartsOf(state, sku) ?? []) add(part.sku, steps * part.stepsEach);
  }
  const missing = new Map<number, Steps>();
  for (const [sku, steps] of asked) {
    const available = sellableQuantity(state, sku, from);
    if (steps > available) missing.set(sku, available);
  }
  // Kits are put together from what is there.
  const channel = from.location === NONE && from.seller.type === 'channel' ? from.seller.channel : undefined;
  for (const [sku, steps] of askedForKits(state, lines)) {
    const there = channel ? availableFromStock(state, sku, channel) : steps;
    if (steps > there && !missing.has(sku)) missing.set(sku, there);
  }
  for (const { sku } of lines) {
    const isShort = kitPartsOf(state, sku)?.some((part) => missing.has(part.sku));
    if (isShort && !missing.has(sku)) missing.set(sku, sellableQuantity(state, sku, from));
  }
  return missing;
}

/** A refusal that names what is available, and is kept in the log. */
/** What of it is missing for kits, which are put together from what is there and never owed. */
function missingForKits(
  state: LedgerState,
  lines: readonly ReadLine[],
  missing: ReadonlyMap<number, Steps>,
): ReadonlyMap<number, Steps> {
  const kits = new Set<number>();
  for (const { sku } of lines) {
    const parts = kitPartsOf(state, sku);
    if (!parts) continue;
    kits.add(sku);
    for (const part of parts) kits.add(part.sku);
  }
  return new Map([...missing].filter(([sku]) => kits.has(sku)));
}

export function insufficient(
  state: LedgerState,
  refused: {
    readonly request: ReserveStock;
    readonly lines: readonly ReadLine[];
    readonly missing: ReadonlyMap<number, Steps>;
    readonly nowMs: number;
  },
): Decision<'reserve-stock'> {
  const { request, lines, missing, nowMs } = refused;
  const short = request.lines.flatMap(({ lineRef, sku }, index) => {
    const line = lines[index] as ReadLine;
    const available = missing.get(line.sku);
    return available === undefined ? [] : [{ lineRef, sku, asked: line.steps, available, index: line.sku }];
  });
  const described = short.map(({ lineRef, sku, asked, available, index }) => {
    const decimals = state.skus[index]?.decimals ?? 0;
    return { lineRef, sku, asked: formatQuantity(asked, decimals), available: formatQuantity(available, decimals) };
  });
  return {
    ...refuse('INSUFFICIENT_STOCK', 'Less may be sold than was asked for.', { lines: described }),
    events: [
      {
        ...claimOf(request, nowMs),
        type: 'reservation-refused',
        lines: short.map(({ sku, asked, available }) => ({ sku, asked, available })),
      },
    ],
  };
}

type ClaimHeader = Pick<LedgerEventOf<'stock-reserved'>, 'atMs' | 'kind' | 'channel' | 'owner'>;

/** What a claim and its refusal say alike. */
export function claimOf({ kind, channel, owner }: ReserveStock, nowMs: number): ClaimHeader {
  return { atMs: nowMs, kind, channel, ...(owner !== undefined && { owner }) };
}
