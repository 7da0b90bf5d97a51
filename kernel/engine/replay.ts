import { invariant } from '../model/errors.ts';
import type { Journal } from '../ports/journal.ts';
import type { SnapshotStore } from '../ports/snapshot-store.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { CommandMemory, type CommandMemoryLimits } from './command-memory.ts';
import type { CommandRecord } from './command-record.ts';
import { readRecords } from './read-records.ts';
import type { WriterDefinition } from './writer-definition.ts';
import { decodeSnapshot, type WriterSnapshot } from './writer-snapshot.ts';

export interface Replayed<State> {
  readonly state: State;
  readonly memory: CommandMemory;
  /** The last batch of the snapshot that was used, 0 for none. */
  readonly snapshotSeq: number;
}

export interface ReplayParts {
  readonly context: string;
  readonly journal: Pick<Journal, 'epoch' | 'head' | 'read' | 'assertReaches'>;
  readonly snapshots: SnapshotStore;
  readonly telemetry: Telemetry;
  readonly limits: CommandMemoryLimits;
  /** True when an index finds what memory does not hold; then memory begins with the newest batches alone. */
  readonly hasCommandIndex?: boolean;
}

/**
 * Batches before the snapshot that are read again all the same, because who asks again after a restart asks for the newest
 * commands, and to find many of them in the index one by one is slow.
 */
const REREAD_BATCHES_MAX = 50;

/**
 * Builds the state from the newest usable snapshot and the log after it, and the memory of commands from the log alone.
 * @throws {JournalCorrupt} when the log is damaged or ends before the snapshot
 */
export async function replay<State, Command, Event, Answer>(
  definition: WriterDefinition<State, Command, Event, Answer>,
  parts: ReplayParts,
): Promise<Replayed<State>> {
  const start = await startOf(definition, parts);
  const memory = new CommandMemory(parts.limits);
  const { state, seq: snapshotSeq } = start;
  let last = start.fromSeq - 1;
  for await (const { seq, recordedAtMs, events } of parts.journal.read(start.fromSeq)) {
    const records = readRecords(definition, events);
    if (seq > snapshotSeq) for (const record of records) evolveAll(definition, state, record.events, seq);
    memory.addBatch({ seq, recordedAtMs, records, texts: records.map(textToRemember) });
    last = seq;
  }
  invariant(last === parts.journal.head(), 'The replay did not come to the head of the journal.', { last });
  return { state, memory, snapshotSeq };
}

interface Start<State> {
  readonly state: State;
  readonly seq: number;
  readonly fromSeq: number;
}

async function startOf<State, Command, Event, Answer>(
  definition: WriterDefinition<State, Command, Event, Answer>,
  { context, journal, snapshots, telemetry, hasCommandIndex = false }: ReplayParts,
): Promise<Start<State>> {
  const newest = await snapshots.newest(context, journal.epoch);
  // Also when it cannot be decoded: it proves how far the log once went.
  if (newest) journal.assertReaches(newest.seq, 'the newest snapshot');
  const { snapshot: codec } = definition;
  let decoded: WriterSnapshot<State> | undefined;
  try {
    decoded = newest && codec && decodeSnapshot(newest.bytes, codec);
  } catch (error) {
    telemetry.log('warn', 'a snapshot could not be decoded', { context, error: String(error) });
  }
  if (!newest || !decoded) return { state: definition.initialState(), seq: 0, fromSeq: 1 };
  const { state, memoryFromSeq } = decoded;
  const rereadSeq = hasCommandIndex ? Math.max(memoryFromSeq, newest.seq + 1 - REREAD_BATCHES_MAX) : memoryFromSeq;
  return { state, seq: newest.seq, fromSeq: Math.min(rereadSeq, newest.seq + 1) };
}

export function evolveAll<State, Command, Event, Answer>(
  definition: WriterDefinition<State, Command, Event, Answer>,
  state: State,
  events: readonly Event[],
  seq: number,
): void {
  for (const event of events) definition.evolve(state, event, seq);
}

/** As the log holds it; of what is not remembered none is made. */
export function textToRemember(record: CommandRecord): string {
  return record.payloadHash === '' ? '' : JSON.stringify(record);
}
