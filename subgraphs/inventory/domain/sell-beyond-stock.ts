import type { StepDecimals, Steps } from '../../../kernel/model/quantity.ts';
import { expectedSupply } from './expected-supply.ts';
import { NO_QUOTAS, type GrantedQuotas } from './granted-quotas.ts';
import type { LedgerState } from './ledger-state.ts';
import type { RuleScope } from './rule-table.ts';
import { SELL_POLICY_MODES } from './rule-setting.ts';
import type { ChannelRecord } from './sales-territory.ts';

/**
 * What the sell policy lets a channel sell beyond stock, less what is owed under it already; below zero while more is
 * owed than the policy allows. A policy for all channels is shared by all, one for a channel is its own. A limit that is
 * no whole step is rounded down.
 *
 * @param owedBefore what comes before whoever asks now where nothing may be sold beyond stock
 */
export function sellableBeyondStock(
  state: LedgerState,
  sku: number,
  {
    channel,
    scope,
    decimals,
    owedBefore,
  }: {
    readonly channel: ChannelRecord;
    readonly scope: RuleScope;
    readonly decimals: StepDecimals;
    readonly owedBefore: Steps;
  },
): Steps {
  const { rules } = state;
  if (!rules.has('SELL_POLICY') && state.backorders.isEmpty) return 0;
  const policy = rules.findWithScope('SELL_POLICY', scope);
  const mode = SELL_POLICY_MODES[policy?.value ?? 0] ?? 'DENY';
  if (mode === 'DENY') return -owedBefore;
  const limit = Math.floor((rules.find('OVERSELL_LIMIT', scope) ?? 0) / 10 ** (4 - decimals));
  const owed = policy?.isOfChannel === true ? state.backorders.of(sku, channel.index) : owedToAll(state, sku);
  return (mode === 'BACKORDER' ? limit : Math.min(limit, promisable(state, sku, { channel, scope }))) - owed;
}

/** What a channel sees of a SKU. */
export interface Pool {
  /** What could be sold if there were no quotas and nobody was owed anything. */
  readonly pool: Steps;
  readonly quotas: GrantedQuotas;
  /** What of the channel's own is owed no more. */
  readonly forgiven: Steps;
}

/**
 * Units of a SKU that come before whoever asks this channel now, because they are owed: by the channel itself and by those
 * that share a location with it. What is owed is covered from the owner's own quota first, then from what no quota holds
 * back; from the quota of another it is not, so that this one is sold whoever is owed. Where nothing is left all of the
 * rest counts, because that much is missing.
 */
export function owedBefore(
  state: LedgerState,
  sku: number,
  channel: ChannelRecord,
  { pool, quotas, forgiven }: Pool = { pool: 0, quotas: NO_QUOTAS, forgiven: 0 },
): Steps {
  if (state.backorders.isEmpty) return 0;
  const { territory, backorders } = state;
  const overlapping = territory.overlapping(territory.networkOf(channel));
  let fromOwn = 0;
  let beyondQuotas = 0;
  for (const other of territory.channels.values()) {
    if ((overlapping & (1 << territory.networkOf(other).index)) === 0) continue;
    const isSelf = other.index === channel.index;
    const owed = backorders.of(sku, other.index) - (isSelf ? forgiven : 0);
    const fromQuota = Math.min(owed, quotas.of(other.index));
    if (isSelf) fromOwn = fromQuota;
    beyondQuotas += owed - fromQuota;
  }
  const shared = Math.max(0, pool - quotas.own - quotas.others);
  const coverable = Math.min(beyondQuotas, shared);
  const left = pool - quotas.others - fromOwn - coverable;
  return fromOwn + (left > 0 ? coverable : beyondQuotas);
}

function owedToAll({ territory, backorders }: LedgerState, sku: number): Steps {
  let sum = 0;
  for (const { index } of territory.channels.values()) sum += backorders.of(sku, index);
  return sum;
}

/** The part of the supply that is expected inside the horizon, counted from the instant that the writer noted last. */
function promisable(
  state: LedgerState,
  sku: number,
  { channel, scope }: { readonly channel: ChannelRecord; readonly scope: RuleScope },
): Steps {
  const { rules, ruleBook, territory } = state;
  const untilMs = ruleBook.asOfMs + (rules.find('PREORDER_HORIZON_MS', scope) ?? 0);
  const expected = expectedSupply(state, sku, { network: territory.networkOf(channel), untilMs });
  return Math.floor((expected * (rules.find('PREORDER_CONFIDENCE', scope) ?? 0)) / 10_000);
}
