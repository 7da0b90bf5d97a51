import { HUB_SYSTEM } from './decide-record-movement.ts';
import { factKeyOf } from './fact-memory.ts';
import type { FactRecord } from './fact-record.ts';
import type { LedgerCommand } from './ledger-command.ts';
import type { FactSource, LedgerEvent } from './ledger-event.ts';

/** The fact that a command tells, and so the one whose past its decision asks for. */
export function factToldBy(
  command: LedgerCommand,
): { readonly source: FactSource; readonly payloadHash?: string } | undefined {
  switch (command.type) {
    case 'record-fact':
      return command.fact;
    case 'record-movement':
    case 'dispose-return':
    case 'change-condition':
    case 'change-transfer':
    case 'dispose-stock':
      return { source: { system: HUB_SYSTEM, eventId: command.request.commandId } };
    default:
      return undefined;
  }
}

/** What an event says about a fact, for the index. */
export function factRecordOf(event: LedgerEvent): readonly [key: string, record: FactRecord] | undefined {
  if (event.type === 'fact-conflicted') return [factKeyOf(event.source), { conflict: event.payloadHash }];
  if (event.type !== 'fact-recorded') return undefined;
  const { source, isWhole, lineIds, payloadHash } = event;
  const lines = isWhole ? 'all' : lineIds;
  return [factKeyOf(source), { lines, ...(payloadHash !== undefined && { payloadHash }) }];
}
