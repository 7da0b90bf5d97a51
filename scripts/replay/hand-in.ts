import type { CountedMessage, RowCounts } from '../../connectors/file/online-retail/invoice-messages.ts';
import type { InboundMessage, UnreadableMessage } from '../../connectors/runtime/inbound.ts';
import { ingestMessageOf } from '../../connectors/runtime/ingest-message.ts';
import type { HubClient, IngestOutcome } from '../client/hub-client.ts';

/** The systems as whose messages a file is handed in. */
export const REPLAY_SOURCES = {
  items: 'online-retail-items',
  locations: 'online-retail-locations',
  opening: 'online-retail-opening',
  documents: 'online-retail',
} as const;

/** What became of the rows of a file. */
export interface Tally {
  readonly applied: Record<keyof Omit<RowCounts, 'quarantined'>, number>;
  readonly quarantined: Map<string, number>;
  duplicates: number;
  /** Rows of messages that were received before with other content. */
  conflicts: number;
}

const MESSAGES_PER_CALL = 200;

/** @throws {Error} when a message is neither accepted nor known */
export async function handIn(
  hub: HubClient,
  source: string,
  messages: readonly (InboundMessage | UnreadableMessage)[],
): Promise<void> {
  for (const batch of batchesOf(messages)) {
    const outcomes = await hub.ingest(
      source,
      batch.map((message) => ingestMessageOf(message)),
    );
    const lost = outcomes.find(({ outcome }) => outcome === 'CONFLICT' || outcome === 'QUARANTINED');
    if (lost) throw new Error(`${source} ${lost.eventId}: ${lost.outcome}, ${lost.reason ?? 'no reason given'}`);
  }
}

/** Hands the documents in, in their order, and counts the rows behind each by what became of it. */
export async function handInDocuments(
  hub: HubClient,
  documents: readonly CountedMessage[],
  onRows: (rows: number) => void,
): Promise<Tally> {
  const tally: Tally = {
    applied: { saleLines: 0, returnLines: 0, adjustments: 0, charges: 0 },
    quarantined: new Map(),
    duplicates: 0,
    conflicts: 0,
  };
  for (const batch of batchesOf(documents)) {
    const outcomes = await hub.ingest(
      REPLAY_SOURCES.documents,
      batch.map(({ message }) => ingestMessageOf(message)),
    );
    batch.forEach((document, index) => {
      const outcome = outcomes[index];
      if (!outcome) throw new Error(`The hub did not say what became of ${document.message.eventId}.`);
      count(tally, document.rows, outcome);
      onRows(rowsOf(document.rows));
    });
  }
  return tally;
}

function count(tally: Tally, rows: RowCounts, { outcome, reason = 'no reason given' }: IngestOutcome): void {
  if (outcome === 'DUPLICATE') tally.duplicates += rowsOf(rows);
  else if (outcome === 'CONFLICT') tally.conflicts += rowsOf(rows);
  else if (outcome === 'QUARANTINED')
    tally.quarantined.set(reason, (tally.quarantined.get(reason) ?? 0) + rowsOf(rows));
  else {
    for (const kind of ['saleLines', 'returnLines', 'adjustments', 'charges'] as const)
      tally.applied[kind] += rows[kind];
  }
}

function rowsOf(rows: RowCounts): number {
  return Object.values(rows as unknown as Record<string, number>).reduce((sum, each) => sum + each, 0);
}

function* batchesOf<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += MESSAGES_PER_CALL) yield items.slice(from, from + MESSAGES_PER_CALL);
}
