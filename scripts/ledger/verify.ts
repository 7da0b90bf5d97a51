import { verifyLedger, type LedgerFault, type LedgerReport } from '../../subgraphs/inventory/app/verify-ledger.ts';
import { openData } from './open-data.ts';

/** Reads the ledger of a stopped hub and compares all that follows from it. @throws {Refusal} */
export async function verify(directory: string): Promise<LedgerReport> {
  const platform = await openData(directory);
  try {
    return await verifyLedger(platform);
  } finally {
    await platform.close();
  }
}

/** The report in sentences, one a line. */
export function describeReport(report: LedgerReport): readonly string[] {
  const { batches, events, positions, snapshotSeq, epoch, faults } = report;
  const snapshot =
    snapshotSeq === undefined ? 'there is no snapshot' : `the snapshot at batch ${snapshotSeq} leads to the same state`;
  const read = `Read ${batches} batches with ${events} events of log ${epoch}: ${positions} positions.`;
  if (faults.length === 0) {
    return [read, `Every checksum fits, nothing appeared or disappeared, claims add up, and ${snapshot}.`];
  }
  return [read, ...faults.map(describeFault), ADVICE[worstOf(faults)]];
}

const ADVICE: Readonly<Record<LedgerFault['in'], string>> = {
  LOG: 'The log itself is damaged: keep a copy of the data, and restore it from a backup.',
  STATE: 'The log contradicts itself: keep a copy of the data, and report it as a defect.',
  CACHE: 'The log is sound: `npm run ledger -- rebuild` makes what follows from it anew.',
};

export function worstOf(faults: readonly LedgerFault[]): LedgerFault['in'] {
  const places = faults.map((fault) => fault.in);
  return (['LOG', 'STATE'] as const).find((place) => places.includes(place)) ?? 'CACHE';
}

function describeFault({ in: place, seq, message }: LedgerFault): string {
  return seq === undefined ? `${place}: ${message}` : `${place}, batch ${seq}: ${message}`;
}
