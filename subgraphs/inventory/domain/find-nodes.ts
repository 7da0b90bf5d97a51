import { isRefusal, type RefusalValue } from '../../../kernel/model/errors.ts';
import { formatQuantity, type Steps } from '../../../kernel/model/quantity.ts';
import type { FindNodes, FindNodesReply } from '../../../schema/commands/inventory.ts';
import { nodeTermsOf } from './availability.ts';
import { NONE } from './bucket.ts';
import { findSeller, type Seller } from './find-channel.ts';
import { kitPartsOf } from './kit-parts.ts';
import type { LedgerState } from './ledger-state.ts';
import { readLine } from './read-line.ts';
import type { Reservation } from './reservation.ts';
import { datedSupply } from './expected-supply.ts';
import { shipsAtMsOf } from './ships-at.ts';
import { HarmlessBindings } from './servable-demand.ts';

type Found = FindNodesReply['lines'][number];
type Node = Found['nodes'][number];
type Supply = NonNullable<Found['supply']>[number];

/** What is to come, of one line. */
const SUPPLIES_MAX = 100;

/** What each location could serve of each line, in the order of preference; those that can serve nothing are left out. */
export function findNodes(
  state: LedgerState,
  { channel, lines, withSupply }: FindNodes,
): FindNodesReply | RefusalValue {
  const seller = findSeller(state, channel);
  if (isRefusal(seller)) return seller;
  const answered: FindNodesReply['lines'] = [];
  for (const { lineRef, reservation: id, ...line } of lines) {
    const read = readLine(state, line);
    if (isRefusal(read)) return read;
    const reservation = id === undefined ? undefined : state.reservations.get(id);
    const own = reservation?.status === 'ACTIVE' && reservation.sku === read.sku ? reservation : undefined;
    const search = { sku: read.sku, seller, own: own && askedOf(own, read.steps), bindings: new Map() };
    const found: Found = { lineRef, nodes: nodesOf(state, search), examined: locationsOf(state, seller).length };
    const shipsAtMs = seller.type === 'channel' ? shipsAtMsOf(state, read.sku, seller.channel.id) : undefined;
    answered.push({
      ...found,
      ...(withSupply && { supply: supplyOf(state, read.sku, seller) }),
      ...(shipsAtMs !== undefined && { shipsAt: new Date(shipsAtMs).toISOString() }),
    });
  }
  return { lines: answered };
}

/** What is there of a claim goes before what it is owed, which the caller need not have asked for. */
function askedOf(own: Reservation, steps: Steps): Reservation {
  return steps <= own.steps - own.backordered ? { ...own, backordered: 0 } : own;
}

interface Search {
  readonly sku: number;
  readonly seller: Seller;
  /** The caller's own claim, which does not count against it. */
  readonly own: Reservation | undefined;
  /** By SKU and network that the demand comes from, because a kit asks for several. */
  readonly bindings: Map<string, HarmlessBindings>;
}

/** As many kits as the scarcest component allows. */
function servableKits(state: LedgerState, location: number, { sku, seller, own, bindings }: Search): Steps {
  const parts = own?.components ?? kitPartsOf(state, sku) ?? [];
  const counts = parts.map((part) => {
    const claimed = own && { ...own, sku: part.sku, steps: own.steps * part.stepsEach };
    return Math.floor(servableAt(state, location, { sku: part.sku, seller, own: claimed, bindings }) / part.stepsEach);
  });
  return counts.length === 0 ? 0 : Math.min(...counts);
}

function nodesOf(state: LedgerState, search: Search): Node[] {
  const { seller, sku } = search;
  const locations = locationsOf(state, seller);
  const decimals = state.skus[sku]?.decimals ?? 0;
  return locations.flatMap((location) => {
    const available = servableAt(state, location, search);
    return available > 0
      ? [{ location: state.locationIds.textOf(location), available: formatQuantity(available, decimals) }]
      : [];
  });
}

function servableAt(state: LedgerState, location: number, search: Search): Steps {
  const { sku, seller, own } = search;
  if (state.skus[sku]?.components) return servableKits(state, location, search);
  const row = state.positions.find(sku, location);
  if (row === NONE || (own && own.location !== NONE && own.location !== location)) return 0;
  const node = nodeTermsOf(state, row, seller.id)?.available ?? 0;
  if (own?.location === location) return node + own.steps;
  return Math.min(node, bindingsOf(state, search).at(location));
}

function bindingsOf(state: LedgerState, { sku, own, bindings }: Search): HarmlessBindings {
  const fromNetwork = own && own.backordered === 0 ? own.network : NONE;
  const key = `${sku}|${fromNetwork}`;
  const known = bindings.get(key) ?? new HarmlessBindings(state, { sku, fromNetwork });
  bindings.set(key, known);
  return known;
}

function locationsOf(state: LedgerState, seller: Seller): readonly number[] {
  return seller.type === 'store' ? [seller.store.index] : state.territory.networkOf(seller.channel).locations;
}

/** What is to come to the network of a channel, the earliest first; a store's own channel is told of nothing. */
function supplyOf(state: LedgerState, sku: number, seller: Seller): Supply[] {
  if (seller.type === 'store') return [];
  const decimals = state.skus[sku]?.decimals ?? 0;
  const coming = datedSupply(state, sku, state.territory.networkOf(seller.channel)).slice(0, SUPPLIES_MAX);
  return coming.map(({ kind, location, steps, expectedAtMs }) => ({
    kind,
    location: state.locationIds.textOf(location),
    quantity: formatQuantity(steps, decimals),
    expectedAt: expectedAtMs === null ? null : new Date(expectedAtMs).toISOString(),
  }));
}
