import { Refusal } from '../../../kernel/model/errors.ts';
import { formatQuantity } from '../../../kernel/model/quantity.ts';
import { bandOf, type AvailabilityBand } from '../domain/availability-band.ts';
import { channelTermsOf, nodeTermsOf, type ChannelTerms } from '../domain/availability.ts';
import { NONE } from '../domain/bucket.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import { kitNodesOf } from './kit-nodes.ts';
import { shipsAtMsOf } from '../domain/ships-at.ts';
import { sellableQuantity } from '../domain/sellable-quantity.ts';
import type { ChannelRecord } from '../domain/sales-territory.ts';
import type { ExplainedTerm } from './explain-availability.ts';
import type { SupplyAnswer } from './supply-query.ts';

/** What a channel may sell of a SKU, as of one sequence. */
export interface AvailabilityAnswer {
  readonly sku: string;
  readonly channel: ChannelRecord;
  /** Null when the channel tells bands only. */
  readonly available: string | null;
  readonly band: AvailabilityBand;
  readonly nodes: readonly NodeAnswer[];
  readonly terms: ChannelTerms;
  /** Before when nothing leaves that is sold ahead, also when that has passed; null: it leaves as soon as it is there. */
  readonly shipsAtMs: number | null;
  readonly seq: number;
  /** Of a past state, what cannot be asked of it later. */
  readonly past?: { readonly terms: readonly ExplainedTerm[]; readonly supply: readonly SupplyAnswer[] };
}

export interface NodeAnswer {
  readonly location: string;
  readonly available: string | null;
  readonly band: AvailabilityBand;
}

/** @throws {Refusal} UNKNOWN_CHANNEL */
export function channelOf(state: LedgerState, id: string): ChannelRecord {
  const channel = state.territory.channels.get(id);
  if (!channel) throw new Refusal('UNKNOWN_CHANNEL', `No channel ${id} is registered.`, { channel: id });
  return channel;
}

/** Null when the SKU is not registered. */
export function availabilityOf(
  state: LedgerState,
  key: { readonly sku: string; readonly channel: ChannelRecord },
  seq: number,
): AvailabilityAnswer | null {
  const { sku, channel } = key;
  const index = state.skuIds.find(sku);
  if (index === undefined || !state.skus[index]) return null;
  const terms = channelTermsOf(state, index, channel);
  const nodes = state.skus[index].components
    ? kitNodesOf(state, { kit: index, channel }).map((node) => kitNodeAnswer(state, { ...node, index, channel }))
    : terms.nodes
        .toSorted((a, b) => b.available - a.available || a.row - b.row)
        .map(({ row, available }) => nodeAnswer(state, { row, channel, available }));
  const shipsAtMs = shipsAtMsOf(state, index, channel.id) ?? null;
  const told = disclosed(state, { index, channel, available: terms.available });
  return { sku, channel, ...told, nodes, terms, shipsAtMs, seq };
}

/** What one location may contribute; null when the SKU is not registered. A location outside of the network gives nothing. */
export function nodeAvailabilityOf(
  state: LedgerState,
  { sku, channel, location }: { readonly sku: string; readonly channel: ChannelRecord; readonly location: string },
): NodeAnswer | null {
  const index = state.skuIds.find(sku);
  const place = state.locations.get(location);
  if (!place) throw new Refusal('UNKNOWN_LOCATION', `No location ${location} is registered.`, { location });
  if (index === undefined || !state.skus[index]) return null;
  const isServed = state.territory.includes(state.territory.networkOf(channel), place.index);
  if (state.skus[index].components) {
    const from = { seller: { type: 'channel', id: channel.id, channel }, location: place.index } as const;
    const available = isServed ? sellableQuantity(state, index, from) : 0;
    return { location, ...disclosed(state, { index, channel, available }) };
  }
  const row = state.positions.find(index, place.index);
  const terms = row !== NONE && isServed ? nodeTermsOf(state, row, channel.id) : undefined;
  return { location, ...disclosed(state, { index, channel, available: terms?.available ?? 0 }) };
}

function nodeAnswer(
  state: LedgerState,
  { row, channel, available }: { readonly row: number; readonly channel: ChannelRecord; readonly available: number },
): NodeAnswer {
  const location = state.locationIds.textOf(state.positions.locationOf(row));
  return { location, ...disclosed(state, { index: state.positions.skuOf(row), channel, available }) };
}

function kitNodeAnswer(
  state: LedgerState,
  { location, ...node }: Parameters<typeof disclosed>[1] & { readonly location: number },
): NodeAnswer {
  return { location: state.locationIds.textOf(location), ...disclosed(state, node) };
}

function disclosed(
  state: LedgerState,
  {
    index,
    channel,
    available,
  }: { readonly index: number; readonly channel: ChannelRecord; readonly available: number },
): Pick<NodeAnswer, 'available' | 'band'> {
  const decimals = state.skus[index]?.decimals ?? 0;
  return {
    available: channel.publishes === 'ATS' ? formatQuantity(available, decimals) : null,
    band: bandOf(available, decimals),
  };
}
