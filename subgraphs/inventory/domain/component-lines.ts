import { isRefusal, refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { formatQuantity } from '../../../kernel/model/quantity.ts';
import { FACT_MOVEMENTS } from './fact-movement.ts';
import { kitPartsOf } from './kit-parts.ts';
import type { LedgerState } from './ledger-state.ts';
import { readLine } from './read-line.ts';
import type { FactLine, StockFact } from './stock-fact.ts';

/**
 * The lines that a line of a fact stands for: itself, or the components of the kit that was moved or picked. A kit cannot
 * be counted or announced, because it has no stock of its own.
 */
export function componentLines(
  state: LedgerState,
  fact: StockFact,
  line: FactLine,
): readonly FactLine[] | RefusalValue {
  const sku = state.skuIds.find(line.sku);
  const components = sku === undefined ? undefined : state.skus[sku]?.components;
  if (sku === undefined || !components) return [line];
  if (!FACT_MOVEMENTS[fact.type] && fact.type !== 'pick-recorded') {
    return refuse('BAD_USER_INPUT', `${line.sku} is a kit and has no stock of its own.`, { sku: line.sku });
  }
  const read = readLine(state, line, 'any');
  if (isRefusal(read)) return read;
  const unknown = components.find((component) => state.skus[state.skuIds.find(component.sku) ?? -1] === undefined);
  if (unknown) return refuse('UNKNOWN_SKU', `No SKU ${unknown.sku} is registered.`, { sku: unknown.sku });
  const parts = kitPartsOf(state, sku);
  if (!parts) {
    return refuse('INVALID_QUANTITY', `A component of ${line.sku} is not counted that finely.`, { sku: line.sku });
  }
  // Whoever names a kit does not say which of its components a lot or a serial belongs to.
  const { unit: _unit, lot: _lot, expiresOn: _expiresOn, serials: _serials, ...rest } = line;
  return parts.map((part) => ({
    ...rest,
    sku: state.skuIds.textOf(part.sku),
    quantity: formatQuantity(read.steps * part.stepsEach, state.skus[part.sku]?.decimals ?? 0),
  }));
}
