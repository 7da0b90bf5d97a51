import { evolveFeedFreshness, evolveFeedHeard, evolveFeedSet } from './evolve-feeds.ts';
import { evolveChannel, evolveNetwork, evolveRule } from './evolve-master-data.ts';
import { evolveRuleEffective, evolveRulesChanged, evolveRulesWithdrawn, evolveSupplyHorizon } from './evolve-rules.ts';
import type { LedgerEventOf } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';

type SettingsEvent = LedgerEventOf<
  | 'network-registered'
  | 'channel-registered'
  | 'availability-rule-set'
  | 'availability-rules-changed'
  | 'availability-rules-withdrawn'
  | 'availability-rule-effective'
  | 'supply-horizon-advanced'
  | 'location-feed-set'
  | 'feed-heard'
  | 'feed-became-stale'
  | 'feed-became-fresh'
>;

/** What bends availability: who sells from where, rules, and how fresh the feeds are. It changes no quantity and no claim. */
export function evolveSettings(state: LedgerState, event: SettingsEvent, seq: number): void {
  switch (event.type) {
    case 'network-registered':
      return evolveNetwork(state, event, seq);
    case 'channel-registered':
      return evolveChannel(state, event, seq);
    case 'availability-rule-set':
      return evolveRule(state, event, seq);
    case 'availability-rules-changed':
      return evolveRulesChanged(state, event);
    case 'availability-rules-withdrawn':
      return evolveRulesWithdrawn(state, event);
    case 'availability-rule-effective':
      return evolveRuleEffective(state, event, seq);
    case 'supply-horizon-advanced':
      return evolveSupplyHorizon(state, event, seq);
    case 'location-feed-set':
      return evolveFeedSet(state, event);
    case 'feed-heard':
      return evolveFeedHeard(state, event);
    case 'feed-became-stale':
    case 'feed-became-fresh':
      return evolveFeedFreshness(state, event, seq);
  }
}
