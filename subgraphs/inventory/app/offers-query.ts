import { isRefusal, toRefusal } from '../../../kernel/model/errors.ts';
import { formatQuantity, type Steps } from '../../../kernel/model/quantity.ts';
import { channelTermsOf } from '../domain/availability.ts';
import { NONE } from '../domain/bucket.ts';
import { byDate } from '../domain/dated-supply.ts';
import type { LocationCapability } from '../domain/ledger-event.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import type { LocationRecord } from '../domain/location-record.ts';
import { readLine } from '../domain/read-line.ts';
import type { ChannelRecord } from '../domain/sales-territory.ts';
import { HarmlessBindings } from '../domain/servable-demand.ts';

export interface OfferLineAnswer {
  readonly sku: string;
  readonly quantity: string;
  readonly canShip: boolean;
  readonly expectedAt: string | null;
  readonly pickupAt: readonly string[];
  readonly shipFrom: readonly string[];
}

export interface OffersAnswer {
  readonly lines: readonly OfferLineAnswer[];
  readonly canShip: boolean;
  readonly pickupAt: readonly string[];
  readonly shipFrom: readonly string[];
  readonly seq: number;
}

/** A line of a cart, in any unit of its SKU. */
export interface WantedLine {
  readonly sku: string;
  readonly quantity: string;
  readonly unit?: string;
}

interface Wanted {
  readonly sku: string;
  readonly index: number;
  steps: Steps;
}

/**
 * What can be offered for a cart by a channel. Lines of one SKU are counted together, because a shelf that holds enough
 * for each of two lines may not hold enough for both.
 * @throws {Refusal} UNKNOWN_SKU or INVALID_QUANTITY
 */
export function offersOf(
  state: LedgerState,
  {
    channel,
    lines,
  }: {
    readonly channel: ChannelRecord;
    readonly lines: readonly WantedLine[];
  },
  seq: number,
): OffersAnswer {
  const answered = wantedOf(state, lines).map((wanted) => offerLine(state, channel, wanted));
  const common = (places: readonly (readonly string[])[]): readonly string[] =>
    places.reduce((all, each) => {
      const wanted = new Set(each);
      return all.filter((place) => wanted.has(place));
    });
  return {
    lines: answered,
    canShip: answered.every(({ canShip }) => canShip),
    pickupAt: common(answered.map(({ pickupAt }) => pickupAt)),
    shipFrom: common(answered.map(({ shipFrom }) => shipFrom)),
    seq,
  };
}

function wantedOf(state: LedgerState, lines: readonly WantedLine[]): readonly Wanted[] {
  const bySku = new Map<string, Wanted>();
  for (const line of lines) {
    const read = readLine(state, line);
    if (isRefusal(read)) throw toRefusal(read);
    const wanted = bySku.get(line.sku) ?? { sku: line.sku, index: read.sku, steps: 0 };
    wanted.steps += read.steps;
    bySku.set(line.sku, wanted);
  }
  return [...bySku.values()];
}

/** A promise at a location has to be one of the network as well, as a reservation there would be. */
function offerLine(state: LedgerState, channel: ChannelRecord, { sku, index, steps }: Wanted): OfferLineAnswer {
  const { available, balance, nodes } = channelTermsOf(state, index, channel);
  const canShip = available >= steps;
  const bindings = new HarmlessBindings(state, { sku: index, fromNetwork: NONE });
  const able = nodes
    .filter((node) => canShip && node.available >= steps)
    .map(({ row }) => state.positions.locationOf(row))
    .filter((location) => bindings.at(location) >= steps);
  const places = inOrderOfPreference(state, channel, new Set(able));
  const that = (capability: LocationCapability) =>
    places.filter(({ capabilities }) => capabilities.includes(capability)).map(({ id }) => id);
  return {
    sku,
    quantity: formatQuantity(steps, state.skus[index]?.decimals ?? 0),
    canShip,
    expectedAt: canShip ? null : expectedAt(state, { index, channel, missing: steps - balance }),
    pickupAt: that('PICKUP'),
    shipFrom: that('SHIP'),
  };
}

/** When what is to come to the network makes up for what is missing; a promise for a date, never stock to sell now. */
function expectedAt(
  state: LedgerState,
  { index, channel, missing }: { readonly index: number; readonly channel: ChannelRecord; readonly missing: Steps },
): string | null {
  const coming = state.territory
    .networkOf(channel)
    .locations.flatMap((location) => state.supply.at(index, location))
    .sort(byDate);
  let sum = 0;
  for (const { steps, expectedAtMs } of coming) {
    if (expectedAtMs === null) return null;
    sum += steps;
    if (sum >= missing) return new Date(expectedAtMs).toISOString();
  }
  return null;
}

function inOrderOfPreference(
  state: LedgerState,
  channel: ChannelRecord,
  wanted: ReadonlySet<number>,
): readonly LocationRecord[] {
  return state.territory
    .networkOf(channel)
    .locations.filter((location) => wanted.has(location))
    .map((location) => state.locations.get(state.locationIds.textOf(location)))
    .filter((location) => location !== undefined);
}
