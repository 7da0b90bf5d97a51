import { refuse } from '../../../kernel/model/errors.ts';
import { parseStep } from '../../../kernel/model/quantity.ts';
import { NONE } from './bucket.ts';
import { NOTHING, type Decision } from './decision.ts';
import type { CommandOf } from './ledger-command.ts';
import type { LedgerState } from './ledger-state.ts';

/** Idempotent. The step of a SKU that has stock stays as it is, because all its quantities count it. */
export function decideRegisterSku(
  state: LedgerState,
  { request }: CommandOf<'register-sku'>,
): Decision<'register-sku'> {
  const { sku, step, categories } = request;
  const decimals = parseStep(step);
  const index = state.skuIds.find(sku);
  const known = index === undefined ? undefined : state.skus[index];
  if (known && index !== undefined) {
    const hasStock = state.positions.firstOfSku(index) !== NONE || state.unsourced.networksWithDemand(index) !== 0;
    if (known.decimals !== decimals && hasStock) {
      return refuse('BAD_USER_INPUT', `${sku} has stock, so its step cannot change.`, { sku, field: 'step' });
    }
    if (known.decimals === decimals && isEqual(known.categories, categories)) return { events: [], answer: NOTHING };
  }
  return { events: [{ type: 'sku-registered', sku, decimals, categories }], answer: NOTHING };
}

function isEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}
