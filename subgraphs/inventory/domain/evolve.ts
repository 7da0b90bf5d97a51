import {
  evolveAllocated,
  evolveDeallocated,
  evolvePicked,
  evolveReservationEnded,
  evolveReservationExtended,
  evolveReserved,
  evolveShipped,
} from './evolve-claims.ts';
import { evolveFact } from './evolve-facts.ts';
import { evolveChannel, evolveLocation, evolveNetwork, evolveRule, evolveSku } from './evolve-master-data.ts';
import { evolveFeedFreshness, evolveFeedHeard, evolveFeedSet } from './evolve-feeds.ts';
import { evolveRuleEffective, evolveRulesChanged } from './evolve-rules.ts';
import { evolveCount, evolveMovement } from './evolve-movements.ts';
import { evolveSupplyReceived, evolveSupplyStated } from './evolve-supply.ts';
import { evolveTransfer } from './evolve-transfers.ts';
import { isKept } from './kept-event.ts';
import type { LedgerEvent } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';

/** Applies what was decided. Reads no clock and never refuses, so that replay comes to the same state. */
export function evolve(state: LedgerState, event: LedgerEvent, seq: number): void {
  if (isKept(event)) return;
  switch (event.type) {
    case 'sku-registered':
      return evolveSku(state, event, seq);
    case 'location-registered':
      return evolveLocation(state, event);
    case 'network-registered':
      return evolveNetwork(state, event, seq);
    case 'channel-registered':
      return evolveChannel(state, event, seq);
    case 'availability-rule-set':
      return evolveRule(state, event, seq);
    case 'feed-became-stale':
    case 'feed-became-fresh':
      return evolveFeedFreshness(state, event, seq);
    case 'feed-heard':
      return evolveFeedHeard(state, event);
    case 'location-feed-set':
      return evolveFeedSet(state, event);
    case 'availability-rules-changed':
      return evolveRulesChanged(state, event);
    case 'availability-rule-effective':
      return evolveRuleEffective(state, event, seq);
    case 'stock-moved':
      evolveMovement(state, event, seq);
      return evolveSupplyReceived(state, event, seq);
    case 'stock-count-applied':
      return evolveCount(state, event);
    case 'fact-recorded':
    case 'fact-conflicted':
    case 'source-number-observed':
    case 'sequence-gap-raised':
    case 'sequence-gap-closed':
      return evolveFact(state, event, seq);
    case 'stock-reserved':
      return evolveReserved(state, event, seq);
    case 'reservation-extended':
      return evolveReservationExtended(state, event);
    case 'reservations-cancelled':
      for (const id of event.reservations) evolveReservationEnded(state, { id, status: 'CANCELLED', ...event, seq });
      return;
    case 'reservation-expired':
      return evolveReservationEnded(state, { id: event.reservation, status: 'EXPIRED', atMs: event.atMs, seq });
    case 'stock-allocated':
      return evolveAllocated(state, event, seq);
    case 'stock-deallocated':
      return evolveDeallocated(state, event, seq);
    case 'allocations-shipped':
      return evolveShipped(state, event, seq);
    case 'stock-picked':
      return evolvePicked(state, event, seq);
    case 'exception-raised':
    case 'exception-cleared':
      return state.exceptions.apply(event);
    case 'transfer-requested':
    case 'transfer-approved':
    case 'transfer-staged':
    case 'transfer-cancelled':
    case 'transfer-shipped':
    case 'transfer-received':
    case 'transfer-lost':
    case 'transfer-found':
      return evolveTransfer(state, event, seq);
    case 'supply-stated':
      return evolveSupplyStated(state, event, seq);
  }
}
