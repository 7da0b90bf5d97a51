import { STEPS_MAX, type StepDecimals, type Steps } from '../../../kernel/model/quantity.ts';
import { COLUMN, NONE } from './bucket.ts';
import { kitPartsOf } from './kit-parts.ts';
import { NO_QUOTAS, type GrantedQuotas } from './granted-quotas.ts';
import type { LedgerState } from './ledger-state.ts';
import type { RuleKind, RuleScope } from './rule-table.ts';
import { owedBefore, sellableBeyondStock } from './sell-beyond-stock.ts';
import type { ChannelRecord } from './sales-territory.ts';

/** What a location may contribute to a channel, with the terms that led to it. All steps, all terms unsigned. */
export interface NodeTerms {
  readonly row: number;
  readonly sellable: Steps;
  readonly allocated: Steps;
  readonly softReserved: Steps;
  readonly safety: Steps;
  readonly staleBuffer: Steps;
  /** `max(0, sellable - allocated - softReserved - safety - staleBuffer)`. */
  readonly available: Steps;
}

/** What a channel may sell, with the terms of the whole network. */
export interface ChannelTerms {
  readonly nodes: readonly NodeTerms[];
  readonly unsourced: Steps;
  readonly threshold: Steps;
  readonly otherQuota: Steps;
  readonly oversold: Steps;
  readonly extra: Steps;
  /** `base + extra`, unclipped: below zero it is a shortage of the network. */
  readonly balance: Steps;
  readonly cap: Steps;
  /** `min(cap, max(0, balance))`: what may be sold. */
  readonly available: Steps;
  /** Of a kit: what its scarcest component allows; then it has no other terms, because it has no stock of its own. */
  readonly ofComponents?: Steps;
}

const EVERYWHERE: RuleScope = {};
/** What the rules of a channel come to when there are none. */
const NO_RULES = { threshold: 0, cap: STEPS_MAX, scope: undefined, decimals: 0 } as const;

/**
 * The availability formula: the only one, for queries, reservations and publication. It reads no clock, so that one
 * state has one answer.
 */
export function channelTermsOf(state: LedgerState, sku: number, channel: ChannelRecord): ChannelTerms {
  const { positions, territory } = state;
  if (state.skus[sku]?.components) return kitTermsOf(state, sku, channel);
  const network = territory.networkOf(channel);
  const nodes: NodeTerms[] = [];
  let sum = 0;
  let oversold = 0;
  for (let row = positions.firstOfSku(sku); row !== NONE; row = positions.nextOfSku(row)) {
    if (!territory.includes(network, positions.locationOf(row))) continue;
    oversold += oversoldAt(state, row);
    const node = nodeTermsOf(state, row, channel.id);
    if (!node) continue;
    sum += node.available;
    nodes.push(node);
  }
  const { owed: _, dedicated: __, ...terms } = networkTermsOf(state, sku, { channel, net: sum - oversold });
  return { nodes, oversold, ...terms };
}

/** `channelTermsOf(...).available`, without the terms of each location: the path of every reservation. */
export function availableOf(state: LedgerState, sku: number, channel: ChannelRecord): Steps {
  if (state.skus[sku]?.components) return kitTermsOf(state, sku, channel).available;
  return networkTermsOf(state, sku, { channel, net: netOfNodes(state, sku, channel) }).available;
}

/**
 * What may be sold without going beyond stock: for kits, which are never owed, and to tell what a new claim is owed.
 * Whoever is owed units already comes first.
 */
export function availableFromStock(state: LedgerState, sku: number, channel: ChannelRecord): Steps {
  const net = netOfNodes(state, sku, channel);
  const { available, balance, extra, owed } = networkTermsOf(state, sku, { channel, net });
  return Math.min(available, Math.max(0, balance - extra - owed));
}

/** What is there for the units that a channel owes, and how much of it nobody else may have. May be below zero. */
export function coverableOf(
  state: LedgerState,
  sku: number,
  channel: ChannelRecord,
): { readonly steps: Steps; readonly dedicated: Steps } {
  const net = netOfNodes(state, sku, channel);
  const { balance, extra, dedicated } = networkTermsOf(state, sku, { channel, net });
  return { steps: balance - extra, dedicated };
}

/** What claims of a channel on its network hold: stock, and what is owed to them. */
export interface NetworkClaims {
  readonly claimed: Steps;
  readonly owed: Steps;
}

/** What may be sold, and what of it without going beyond stock, if these claims were gone. */
export function availableWithout(
  state: LedgerState,
  sku: number,
  { channel, without }: { readonly channel: ChannelRecord; readonly without: NetworkClaims },
): { readonly sellable: Steps; readonly fromStock: Steps } {
  const net = netOfNodes(state, sku, channel);
  const { available, balance, extra, owed } = networkTermsOf(state, sku, { channel, net, without });
  return { sellable: available, fromStock: Math.min(available, Math.max(0, balance - extra - owed)) };
}

const NO_CLAIMS: NetworkClaims = { claimed: 0, owed: 0 };

type NetworkTerms = Omit<ChannelTerms, 'nodes' | 'oversold'> & {
  /** What is owed already, and comes first. */
  readonly owed: Steps;
  /** What is held back for the channel itself. */
  readonly dedicated: Steps;
};

/** @param net what the locations of the network contribute, less what is oversold there */
function networkTermsOf(
  state: LedgerState,
  sku: number,
  {
    channel,
    net,
    without = NO_CLAIMS,
  }: { readonly channel: ChannelRecord; readonly net: Steps; readonly without?: NetworkClaims },
): NetworkTerms {
  const { territory, unsourced } = state;
  const demand = unsourced.sumOver(sku, territory.overlapping(territory.networkOf(channel))) - without.claimed;
  const { threshold, cap, scope, decimals } = channelRulesOf(state, sku, channel);
  const pool = net - demand - threshold;
  const quotas = quotasOf(state, sku, { channel, pool });
  const owed = owedBefore(state, sku, channel, { pool, quotas, forgiven: without.owed });
  const extra = scope ? extraOf(state, sku, { channel, scope, decimals, owed, forgiven: without.owed }) : 0;
  const balance = pool - quotas.others + extra;
  return {
    unsourced: demand,
    threshold,
    otherQuota: quotas.others,
    extra,
    balance,
    cap,
    available: Math.min(cap, Math.max(0, balance)),
    owed,
    dedicated: quotas.own,
  };
}

/** Kept from the last question, and followed from one change of a position to the next. */
function netOfNodes(state: LedgerState, sku: number, channel: ChannelRecord): Steps {
  const { nodeSums } = state;
  if (!nodeSums.isOf(state)) return sumOfNodes(state, sku, channel);
  const known = nodeSums.get(sku, channel.index);
  if (!Number.isNaN(known)) return known;
  const sum = sumOfNodes(state, sku, channel);
  nodeSums.set(sku, channel.index, sum);
  return sum;
}

/** What all locations contribute to a channel, less what is oversold there. */
export function sumOfNodes(state: LedgerState, sku: number, channel: ChannelRecord): Steps {
  const { positions, territory } = state;
  const network = territory.networkOf(channel);
  let sum = 0;
  for (let row = positions.firstOfSku(sku); row !== NONE; row = positions.nextOfSku(row)) {
    if (territory.includes(network, positions.locationOf(row))) sum += netOfNode(state, row, channel.id);
  }
  return sum;
}

/** The part of one location in the sum; 0 where it holds nothing and promises nothing. */
export function netOfNode(state: LedgerState, row: number, channel: string): Steps {
  return (nodeAvailableOf(state, row, channel) ?? 0) - oversoldAt(state, row);
}

/** `nodeTermsOf(...).available`; most ledgers have few rules, and without any only what is free counts. */
export function nodeAvailableOf(state: LedgerState, row: number, channel: string): Steps | undefined {
  return state.rules.isEmpty ? Math.max(0, freeOf(state, row)) : nodeTermsOf(state, row, channel)?.available;
}

/** `min` over the components of `floor(ats / quantity)`; nothing while a component is not registered. */
function kitTermsOf(state: LedgerState, sku: number, channel: ChannelRecord): ChannelTerms {
  const isSold = isSoldFrom(state, scopeOf(state, { sku, channel: channel.id }));
  const parts = isSold ? (kitPartsOf(state, sku) ?? []) : [];
  const counts = parts.map((part) => Math.floor(availableFromStock(state, part.sku, channel) / part.stepsEach));
  const ofComponents = counts.length === 0 ? 0 : Math.min(...counts);
  const { cap } = channelRulesOf(state, sku, channel);
  const nothing = { nodes: [], unsourced: 0, threshold: 0, otherQuota: 0, oversold: 0, extra: 0 };
  return { ...nothing, balance: ofComponents, cap, available: Math.min(cap, ofComponents), ofComponents };
}

/** What one location may contribute to a channel; undefined when it takes no part or the SKU is not sold there. */
export function nodeTermsOf(state: LedgerState, row: number, channel: string): NodeTerms | undefined {
  const { positions } = state;
  const sku = positions.skuOf(row);
  // Some ledgers have no rules, and this is the hottest place of all.
  const hasRules = !state.rules.isEmpty;
  const scope = hasRules ? scopeOf(state, { sku, location: positions.locationOf(row), channel }) : EVERYWHERE;
  if (hasRules && !isSoldFrom(state, scope)) return undefined;
  const sellable = positions.get(row, COLUMN.SELLABLE);
  const allocated = positions.get(row, COLUMN.allocated);
  const softReserved = positions.get(row, COLUMN.softReserved);
  const free = sellable - allocated - softReserved;
  const safety = hasRules ? safetyOf(state, scope, free, decimalsOf(state, sku)) : 0;
  const isBuffered = hasRules && state.rules.has('STALE_BUFFER') && state.staleLocations.has(positions.locationOf(row));
  const staleBuffer = isBuffered ? quantityRule(state, 'STALE_BUFFER', scope, decimalsOf(state, sku)) : 0;
  return {
    row,
    sellable,
    allocated,
    softReserved,
    safety,
    staleBuffer,
    available: Math.max(0, free - safety - staleBuffer),
  };
}

/** What lies there and is promised to nobody; negative when more is promised or was taken than there is. */
export function freeOf({ positions }: Pick<LedgerState, 'positions'>, row: number): Steps {
  return (
    positions.get(row, COLUMN.SELLABLE) - positions.get(row, COLUMN.allocated) - positions.get(row, COLUMN.softReserved)
  );
}

/** Whether a SKU may be sold by a channel from a location, stock or not. */
export function isSoldFrom({ rules }: Pick<LedgerState, 'rules'>, scope: RuleScope): boolean {
  return rules.find('PARTICIPATION', scope) !== 0 && rules.find('SELLABLE', scope) !== 0;
}

/** Promises at a location that must be sourced again. A negative SELLABLE without claims is a count error, no demand. */
function oversoldAt({ positions }: LedgerState, row: number): Steps {
  const claims = positions.get(row, COLUMN.allocated) + positions.get(row, COLUMN.softReserved);
  return Math.max(0, claims - Math.max(0, positions.get(row, COLUMN.SELLABLE)));
}

/** The percentage is of free stock, after claims, and rounds up to the step, which keeps availability monotone. */
function safetyOf(state: LedgerState, scope: RuleScope, free: Steps, decimals: StepDecimals): Steps {
  const absolute = quantityRule(state, 'SAFETY_ABSOLUTE', scope, decimals);
  const percent = Math.min(10_000, state.rules.find('SAFETY_PERCENT', scope) ?? 0);
  return Math.max(absolute, Math.ceil((percent * Math.max(free, 0)) / 10_000));
}

function channelRulesOf(state: LedgerState, sku: number, channel: ChannelRecord) {
  if (state.rules.isEmpty && state.backorders.isEmpty) return NO_RULES;
  const decimals = decimalsOf(state, sku);
  const scope = scopeOf(state, { sku, channel: channel.id });
  return {
    threshold: quantityRule(state, 'THRESHOLD', scope, decimals),
    cap: capOf(state, scope, decimals),
    scope,
    decimals,
  };
}

interface ExtraOf {
  readonly channel: ChannelRecord;
  readonly scope: RuleScope;
  readonly decimals: StepDecimals;
  readonly owed: Steps;
  readonly forgiven: Steps;
}

/** What may be sold beyond stock; below zero where others come first. */
function extraOf(state: LedgerState, sku: number, { forgiven, owed: owedBefore, ...about }: ExtraOf): Steps {
  const beyond = sellableBeyondStock(state, sku, { ...about, owedBefore: owedBefore + forgiven });
  return quantityRule(state, 'EXTRA', about.scope, about.decimals) + beyond + forgiven;
}

/** What is no whole step is rounded down: never more than the cap is sold. */
function capOf({ rules }: LedgerState, scope: RuleScope, decimals: StepDecimals): Steps {
  const cap = rules.find('CAP', scope);
  return cap === undefined ? STEPS_MAX : Math.floor(cap / 10 ** (4 - decimals));
}

/**
 * A quota holds stock back from every other channel whose network overlaps, less what its channel has sold of it. All
 * quotas together never hold back more than the pool: where it is too small, they are served in the order of the channels.
 */
function quotasOf(
  state: LedgerState,
  sku: number,
  { channel, pool }: { readonly channel: ChannelRecord; readonly pool: Steps },
): GrantedQuotas {
  if (!state.rules.has('QUOTA')) return NO_QUOTAS;
  const overlapping = state.territory.overlapping(state.territory.networkOf(channel));
  const granted = new Map<number, Steps>();
  let left = Math.max(0, pool);
  let others = 0;
  for (const other of state.territory.channels.values()) {
    if ((overlapping & (1 << state.territory.networkOf(other).index)) === 0) continue;
    const scope = scopeOf(state, { sku, channel: other.id });
    const quota = quantityRule(state, 'QUOTA', scope, decimalsOf(state, sku));
    const steps = Math.min(left, Math.max(0, quota - state.quotaSales.soldOf(sku, other.index)));
    left -= steps;
    granted.set(other.index, steps);
    if (other.id !== channel.id) others += steps;
  }
  return { own: granted.get(channel.index) ?? 0, others, of: (index) => granted.get(index) ?? 0 };
}

/** Rules count ten-thousandths of the base unit; what is no whole step is rounded up. */
function quantityRule(state: LedgerState, kind: RuleKind, scope: RuleScope, decimals: StepDecimals): Steps {
  const value = state.rules.find(kind, scope);
  return value === undefined ? 0 : Math.ceil(value / 10 ** (4 - decimals));
}

function scopeOf(
  state: LedgerState,
  { sku, location, channel }: { readonly sku: number; readonly location?: number; readonly channel: string },
): RuleScope {
  const scope = { sku: state.skuIds.textOf(sku), channel };
  return location === undefined ? scope : { ...scope, location: state.locationIds.textOf(location) };
}

function decimalsOf(state: LedgerState, sku: number): StepDecimals {
  return state.skus[sku]?.decimals ?? 0;
}
