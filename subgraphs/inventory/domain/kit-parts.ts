import { parsePositiveQuantity, type Steps } from '../../../kernel/model/quantity.ts';
import type { KitPart } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';

interface IndexedPart {
  readonly sku: number;
  readonly stepsEach: Steps;
}

/**
 * What one of a kit consists of; undefined when the SKU is no kit, or while it cannot be put together because a component
 * is not registered or is not counted that finely.
 */
export function kitPartsOf(state: LedgerState, kit: number): readonly IndexedPart[] | undefined {
  const components = state.skus[kit]?.components;
  if (!components) return undefined;
  const parts: IndexedPart[] = [];
  for (const { sku: id, quantity } of components) {
    const sku = state.skuIds.find(id);
    const record = sku === undefined ? undefined : state.skus[sku];
    if (sku === undefined || !record) return undefined;
    try {
      parts.push({ sku, stepsEach: parsePositiveQuantity(quantity, record.decimals) });
    } catch {
      // The component was registered with a coarser step than the kit needs of it.
      return undefined;
    }
  }
  return parts;
}

/** The same with codes, as events tell it. */
export function kitLinesOf(state: LedgerState, kit: number): readonly KitPart[] | undefined {
  return kitPartsOf(state, kit)?.map(({ sku, stepsEach }) => ({ sku: state.skuIds.textOf(sku), stepsEach }));
}
