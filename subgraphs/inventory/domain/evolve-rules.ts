import { forgetSums, touchSku } from './change-position.ts';
import { applyQuotas } from './evolve-quota-sales.ts';
import type { LedgerEventOf } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import { skusConcerned } from './skus-concerned.ts';

export function evolveRulesChanged(state: LedgerState, event: LedgerEventOf<'availability-rules-changed'>): void {
  const { id, version: number, atMs: recordedAtMs, effectiveAtMs, changedBy, settings } = event;
  state.ruleBook.add({
    id,
    number,
    changedBy,
    recordedAtMs,
    effectiveAtMs,
    becameEffectiveAtMs: null,
    settings,
  });
}

export function evolveRulesWithdrawn(
  state: LedgerState,
  { version, atMs, withdrawnBy, reason }: LedgerEventOf<'availability-rules-withdrawn'>,
): void {
  state.ruleBook.withdraw(version, { atMs, withdrawnBy, reason });
}

/** Touches rules and nothing else: neither a quantity nor a claim. */
export function evolveRuleEffective(
  state: LedgerState,
  { version, atMs }: LedgerEventOf<'availability-rule-effective'>,
  seq: number,
): void {
  const settings = state.ruleBook.get(version)?.settings ?? [];
  const scopes = settings.map(({ scope }) => scope);
  state.observer?.settingsChange(() => skusConcerned(state, scopes));
  state.rules.apply(settings);
  state.termDates.rulesChanged(settings, atMs);
  forgetSums(state, scopes);
  applyQuotas(state, settings, atMs);
  state.ruleBook.markEffective(version, atMs);
  if (scopes.some(({ sku }) => sku === undefined)) state.territory.touchChannels(seq);
  for (const { sku } of scopes) if (sku !== undefined) touchSettings(state, state.skuIds.intern(sku), seq);
}

function touchSettings(state: LedgerState, sku: number, seq: number): void {
  touchSku(state, sku, seq);
  const record = state.skus[sku];
  if (record) state.skus[sku] = { ...record, settingsSeq: seq };
}

export function evolveSupplyHorizon(
  state: LedgerState,
  { atMs }: LedgerEventOf<'supply-horizon-advanced'>,
  seq: number,
): void {
  const scopes = [...state.rules.preorderScopes()];
  state.observer?.settingsChange(() => skusConcerned(state, scopes));
  state.ruleBook.advance(atMs);
  state.territory.touchChannels(seq);
}
