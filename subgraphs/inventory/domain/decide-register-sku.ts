import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { canonicalJson } from '../../../kernel/model/canonical-json.ts';
import { parseStep } from '../../../kernel/model/quantity.ts';
import { NONE } from './bucket.ts';
import { NOTHING, type Decision } from './decision.ts';
import type { CommandOf, SkuSettings } from './ledger-command.ts';
import type { LedgerState } from './ledger-state.ts';

/** Idempotent. The step of a SKU that has stock stays as it is, because all its quantities count it. */
export function decideRegisterSku(
  state: LedgerState,
  { request }: CommandOf<'register-sku'>,
): Decision<'register-sku'> {
  const { sku, step, categories, baseUnit, tracking = 'NONE', components, conversions } = request;
  const decimals = parseStep(step);
  const index = state.skuIds.find(sku);
  const known = index === undefined ? undefined : state.skus[index];
  if (known && known.decimals !== decimals && hasStock(state, index)) {
    return refuse('BAD_USER_INPUT', `${sku} has stock, so its step cannot change.`, { sku, field: 'step' });
  }
  const refusal = components && findObjection(state, request);
  if (refusal) return refusal;
  const settings = {
    decimals,
    categories,
    ...(baseUnit !== undefined && { baseUnit }),
    ...(tracking !== 'NONE' && { tracking }),
    ...(components && { components }),
    ...(conversions && { conversions }),
  };
  if (known) {
    const { settingsSeq: _seq, ...former } = known;
    if (canonicalJson(former) === canonicalJson(settings)) return { events: [], answer: NOTHING };
  }
  return { events: [{ type: 'sku-registered', sku, ...settings }], answer: NOTHING };
}

/** A kit is counted in whole ones, has no stock of its own, and neither contains a kit nor is part of one. */
function findObjection(state: LedgerState, { sku, step, components = [] }: SkuSettings): RefusalValue | undefined {
  const index = state.skuIds.find(sku);
  const details = { sku, field: 'components' };
  if (parseStep(step) !== 0) return refuse('BAD_USER_INPUT', `${sku} is a kit, so its step must be 1.`, details);
  if (new Set(components.map((component) => component.sku)).size < components.length) {
    return refuse('BAD_USER_INPUT', `${sku} names a component twice.`, details);
  }
  if (hasStock(state, index) && !isKit(state, sku)) {
    return refuse('BAD_USER_INPUT', `${sku} has stock, so it cannot become a kit.`, details);
  }
  const isPart = index !== undefined && state.kits.of(index).size > 0;
  if (!isPart && !components.some((component) => component.sku === sku || isKit(state, component.sku)))
    return undefined;
  return refuse('BAD_USER_INPUT', `${sku} would be a kit within a kit.`, details);
}

function isKit(state: LedgerState, sku: string): boolean {
  return state.skus[state.skuIds.find(sku) ?? NONE]?.components !== undefined;
}

function hasStock(state: LedgerState, sku: number | undefined): boolean {
  if (sku === undefined) return false;
  return state.positions.firstOfSku(sku) !== NONE || state.unsourced.networksWithDemand(sku) !== 0;
}
