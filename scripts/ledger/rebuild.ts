import { removeCaches } from '../../kernel/adapters/embedded/remove-caches.ts';
import { Defect } from '../../kernel/model/errors.ts';
import { FACT_INDEX } from '../../subgraphs/inventory/app/fact-index.ts';
import { INVENTORY_LIMITS } from '../../subgraphs/inventory/app/inventory-limits.ts';
import { CONTEXT, Ledger } from '../../subgraphs/inventory/app/ledger.ts';
import { POSITION_INDEX, PositionLog } from '../../subgraphs/inventory/app/position-log.ts';
import { verifyLedger } from '../../subgraphs/inventory/app/verify-ledger.ts';
import { openData } from './open-data.ts';
import { describeReport, worstOf } from './verify.ts';

/**
 * Deletes what was made from the log and makes it again.
 * @returns the last batch of the log
 * @throws {Refusal} when there is no data, or a hub has it open
 * @throws {Defect} when the log itself is not sound; nothing is deleted then, because caches prove what the log once held
 */
export async function rebuild(directory: string): Promise<number> {
  const platform = await openData(directory);
  try {
    const report = await verifyLedger(platform);
    if (report.faults.length > 0 && worstOf(report.faults) !== 'CACHE') {
      throw new Defect(['Nothing was rebuilt.', ...describeReport(report)].join('\n'));
    }
    await removeCaches(directory, { context: CONTEXT, indexes: [FACT_INDEX, POSITION_INDEX] });
    const ledger = await Ledger.open(platform, INVENTORY_LIMITS);
    const { seq } = ledger;
    const positions = await PositionLog.open(platform, ledger);
    await positions.start()();
    // Closing saves the snapshot and what the index has collected.
    await ledger.close();
    return seq;
  } finally {
    await platform.close();
  }
}
