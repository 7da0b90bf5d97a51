import { formatQuantity, type Steps } from '../../../kernel/model/quantity.ts';
import { channelTermsOf } from './availability.ts';
import { applyQuotas } from './evolve-quota-sales.ts';
import type { LedgerState } from './ledger-state.ts';
import { QuotaSales } from './quota-sales.ts';
import type { RuleImpact } from './ledger-command.ts';
import type { RuleSetting } from './rule-setting.ts';
import { skusConcerned } from './skus-concerned.ts';

/** Changes that are told one by one. */
const CHANGES_TOLD_MAX = 100;

/** Locations looked at before the rest is left out, so that a change of rules never holds reservations up for long. */
const NODES_EXAMINED_MAX = 200_000;

interface Change {
  readonly sku: number;
  readonly channel: string;
  readonly before: Steps;
  readonly after: Steps;
}

/**
 * What settings do to the availability of each SKU in each channel if they hold from now on, by the one formula, before
 * and after. The largest losses are told first.
 */
export function ruleImpactOf(state: LedgerState, settings: readonly RuleSetting[]): RuleImpact {
  const trial = trialOf(state, settings);
  const changes: Change[] = [];
  let nodes = 0;
  let examinedSkus = 0;
  let isComplete = true;
  const scopes = settings.map(({ scope }) => scope);
  for (const sku of skusConcerned(state, scopes)) {
    if (nodes > NODES_EXAMINED_MAX) {
      isComplete = false;
      break;
    }
    examinedSkus++;
    for (const channel of state.territory.channels.values()) {
      const before = channelTermsOf(state, sku, channel);
      const { available: after } = channelTermsOf(trial, sku, channel);
      nodes += before.nodes.length + 1;
      if (before.available !== after) changes.push({ sku, channel: channel.id, before: before.available, after });
    }
  }
  changes.sort((a, b) => a.after - a.before - (b.after - b.before));
  return {
    changes: changes.slice(0, CHANGES_TOLD_MAX).map((change) => told(state, change)),
    changed: changes.length,
    fallen: changes.filter(({ before, after }) => after < before).length,
    soldOut: changes.filter(({ before, after }) => before > 0 && after === 0).length,
    examinedSkus,
    isComplete,
  };
}

/** The ledger as it would be with the settings in force; only rules and quotas differ, and nothing is changed. */
function trialOf(state: LedgerState, settings: readonly RuleSetting[]): LedgerState {
  const trial = { ...state, rules: state.rules.with(settings), observer: undefined };
  if (!settings.some(({ kind }) => kind === 'QUOTA')) return trial;
  const quotaSales = new QuotaSales(state.quotaSales.toData());
  applyQuotas({ ...state, quotaSales }, settings, 0);
  return { ...trial, quotaSales };
}

function told(state: LedgerState, { sku, channel, before, after }: Change): RuleImpact['changes'][number] {
  const decimals = state.skus[sku]?.decimals ?? 0;
  const quantity = (steps: Steps) => formatQuantity(steps, decimals);
  return { sku: state.skuIds.textOf(sku), channel, before: quantity(before), after: quantity(after) };
}
