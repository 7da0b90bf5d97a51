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
import { bindableWithoutHarm } from './servable-demand.ts';

type Node = FindNodesReply['lines'][number]['nodes'][number];

/** What each location could serve of each line, in the order of preference; those that can serve nothing are left out. */
export function findNodes(state: LedgerState, { channel, lines }: FindNodes): FindNodesReply | RefusalValue {
  const seller = findSeller(state, channel);
  if (isRefusal(seller)) return seller;
  const answered: FindNodesReply['lines'] = [];
  for (const { lineRef, reservation: id, ...line } of lines) {
    const read = readLine(state, line);
    if (isRefusal(read)) return read;
    const reservation = id === undefined ? undefined : state.reservations.get(id);
    const own = reservation?.status === 'ACTIVE' && reservation.sku === read.sku ? reservation : undefined;
    answered.push({ lineRef, nodes: nodesOf(state, { sku: read.sku, seller, own: own && askedOf(own, read.steps) }) });
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
}

/** As many kits as the scarcest component allows. */
function servableKits(state: LedgerState, location: number, { sku, seller, own }: Search): Steps {
  const parts = own?.components ?? kitPartsOf(state, sku) ?? [];
  const counts = parts.map((part) => {
    const claimed = own && { ...own, sku: part.sku, steps: own.steps * part.stepsEach };
    return Math.floor(servableAt(state, location, { sku: part.sku, seller, own: claimed }) / part.stepsEach);
  });
  return counts.length === 0 ? 0 : Math.min(...counts);
}

function nodesOf(state: LedgerState, search: Search): Node[] {
  const { seller, sku } = search;
  const locations =
    seller.type === 'store' ? [seller.store.index] : state.territory.networkOf(seller.channel).locations;
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
  return Math.min(
    node,
    bindableWithoutHarm(state, { sku, location, fromNetwork: own && own.backordered === 0 ? own.network : NONE }),
  );
}
