import type { FactEvent } from './fact-event.ts';
import type { LedgerEventOf } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';

export function evolveFact(
  { facts, sequences }: LedgerState,
  event: FactEvent | LedgerEventOf<'fact-recorded'>,
  seq: number,
): void {
  switch (event.type) {
    case 'fact-recorded': {
      const { payloadHash, isWhole, lineIds } = event;
      const lines = isWhole ? 'all' : lineIds;
      return facts.add(event.source, { lines, ...(payloadHash !== undefined && { payloadHash }) }, seq);
    }
    case 'fact-conflicted':
      return facts.add(event.source, { conflict: event.payloadHash }, seq);
    case 'source-number-observed':
      return sequences.observe(event, event.number, event.atMs);
    case 'sequence-gap-raised':
      return sequences.markRaised(event, event.origin);
    case 'sequence-gap-closed':
      // The number that closed it was observed just before.
      return;
  }
}
