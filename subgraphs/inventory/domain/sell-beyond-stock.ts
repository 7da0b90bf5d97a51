import type { StepDecimals, Steps } from '../../../kernel/model/quantity.ts';
import { expectedSupply } from './expected-supply.ts';
import type { LedgerState } from './ledger-state.ts';
import type { RuleScope } from './rule-table.ts';
import { SELL_POLICY_MODES } from './rule-setting.ts';
import type { ChannelRecord } from './sales-territory.ts';

/**
 * What the sell policy lets a channel sell beyond stock, less what is owed under it already; below zero while more is
 * owed than the policy allows. A policy for all channels is shared by all, one for a channel is its own. A limit that is
 * no whole step is rounded down.
 */
export function sellableBeyondStock(
  state: LedgerState,
  sku: number,
  {
    channel,
    scope,
    decimals,
  }: { readonly channel: ChannelRecord; readonly scope: RuleScope; readonly decimals: StepDecimals },
): Steps {
  const { rules } = state;
  if (!rules.has('SELL_POLICY') && state.backorders.isEmpty) return 0;
  const policy = rules.findWithScope('SELL_POLICY', scope);
  const mode = SELL_POLICY_MODES[policy?.value ?? 0] ?? 'DENY';
  if (mode === 'DENY') return -owedBefore(state, sku, channel);
  const limit = Math.floor((rules.find('OVERSELL_LIMIT', scope) ?? 0) / 10 ** (4 - decimals));
  const owed = policy?.isOfChannel === true ? state.backorders.of(sku, channel.index) : owedToAll(state, sku);
  return (mode === 'BACKORDER' ? limit : Math.min(limit, promisable(state, sku, { channel, scope }))) - owed;
}

/** Units of a SKU that channels which share a location with this one owe; they come before whoever asks now. */
export function owedBefore(state: LedgerState, sku: number, channel: ChannelRecord): Steps {
  if (state.backorders.isEmpty) return 0;
  const { territory, backorders } = state;
  const overlapping = territory.overlapping(territory.networkOf(channel));
  let sum = 0;
  for (const other of territory.channels.values()) {
    if (overlapping & (1 << territory.networkOf(other).index)) sum += backorders.of(sku, other.index);
  }
  return sum;
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
