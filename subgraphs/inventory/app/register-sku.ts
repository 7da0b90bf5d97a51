import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { skuRegistered } from '../../../schema/events/products.ts';
import type { Ledger } from './ledger.ts';

/**
 * Registers what the item master says of a SKU. What the ledger refuses, such as a kit within a kit, will be refused as
 * often as it is tried: it becomes an exception instead of holding up the SKU, whose former settings stay in force, and
 * the next message that is accepted closes it.
 */
export async function registerSku(
  { ledger, platform }: { readonly ledger: Ledger; readonly platform: Platform },
  envelope: EventEnvelope,
): Promise<void> {
  const request = parseAs(skuRegistered.data, envelope.data, envelope.type);
  const { sku } = request;
  const cause = `MASTER_DATA_REFUSED|SKU:${sku}`;
  try {
    await ledger.execute({ type: 'register-sku', request });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
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
