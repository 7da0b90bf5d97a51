import { Refusal } from '../../../kernel/model/errors.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { StreamMessage } from '../../../kernel/ports/streams.ts';
import { skuRegistered } from '../../../schema/events/products.ts';
import type { InventoryLimits } from './inventory-limits.ts';
import type { Ledger } from './ledger.ts';

interface RegisterSkuParts {
  readonly ledger: Ledger;
  readonly platform: Platform;
  readonly limits: InventoryLimits;
}

/**
 * Registers what the item master says of a SKU. What the ledger refuses, such as a kit within a kit, may be accepted when
 * the other SKU has been heard of, which comes in no order; so it is tried a few times. Then it becomes an exception
 * instead of holding up the SKU, whose former settings stay in force, and the next message that is accepted closes it.
 * @throws {Refusal} when it is worth another delivery
 */
export async function registerSku(
  { ledger, platform, limits }: RegisterSkuParts,
  { envelope, delivery }: StreamMessage,
): Promise<void> {
  const request = readEvent(skuRegistered, envelope);
  const { sku } = request;
  const cause = `MASTER_DATA_REFUSED|SKU:${sku}`;
  try {
    await ledger.execute({ type: 'register-sku', request });
  } catch (error) {
    if (!(error instanceof Refusal) || delivery < limits.refusedSkuDeliveriesMax) throw error;
    const { system, eventId } = envelope.source;
    const { correlationId } = envelope;
    const lineage = { system, eventId, correlationId };
    const summary = `The settings of ${sku} were refused: ${error.message}`;
    const report = { cause, class: 'MASTER_DATA_REFUSED', severity: 'MEDIUM', sku, lineage, summary } as const;
    await ledger.execute({ type: 'report-exceptions', raised: [report], cleared: [] });
    platform.telemetry.count('inventory_master_data_refused_total', { code: error.code });
    return;
  }
  if (!ledger.state.exceptions.get(cause)) return;
  const because = 'Later settings were accepted.';
  await ledger.execute({ type: 'report-exceptions', raised: [], cleared: [{ cause, because }] });
}
