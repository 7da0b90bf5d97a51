import type { CommandRecord } from '../../../kernel/engine/command-record.ts';
import { replay } from '../../../kernel/engine/replay.ts';
import { WRITER_LIMITS } from '../../../kernel/engine/single-writer.ts';
import type { ChainIndex } from '../../../kernel/ports/chain-index.ts';
import type { Journal } from '../../../kernel/ports/journal.ts';
import { JournalCorrupt } from '../../../kernel/ports/journal-errors.ts';
import type { KeyIndex } from '../../../kernel/ports/key-index.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { auditState } from '../domain/audit-state.ts';
import { formatFactRecord } from '../domain/fact-record.ts';
import type { LedgerEvent } from '../domain/ledger-event.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import { factRecordOf } from '../domain/recorded-fact-of.ts';
import { FACT_INDEX } from './fact-index.ts';
import { INVENTORY_LIMITS } from './inventory-limits.ts';
import { CONTEXT, ledgerDefinition } from './ledger.ts';
import { ledgerSnapshot } from './ledger-snapshot.ts';
import { openPositionChains } from './position-log.ts';
import { PositionLogAudit } from './position-log-audit.ts';

export interface LedgerFault {
  /** LOG: the truth itself is damaged. STATE: what the log says cannot be. CACHE: a rebuild mends it. */
  readonly in: 'LOG' | 'STATE' | 'CACHE';
  /** The batch of the log; absent when no single one is to blame. */
  readonly seq?: number;
  readonly message: string;
}

export interface LedgerReport {
  readonly epoch: string;
  /** Batches that were read whole. */
  readonly batches: number;
  readonly events: number;
  readonly positions: number;
  /** The batch of the snapshot that was compared; absent when there is none. */
  readonly snapshotSeq?: number;
  readonly faults: readonly LedgerFault[];
}

/** Faults that are told; a log that is wrong in one place is often wrong in many. */
const FAULTS_MAX = 100;

const definition = ledgerDefinition(INVENTORY_LIMITS);

/**
 * Reads the whole journal of stock and holds everything that is derived from it against it: nothing is repaired.
 * @throws {StorageInUse} when a writer has the journal open
 */
export async function verifyLedger(platform: Platform): Promise<LedgerReport> {
  let journal: Journal;
  try {
    journal = await platform.openJournal(CONTEXT);
  } catch (error) {
    if (!(error instanceof JournalCorrupt)) throw error;
    const fault = { in: 'LOG', seq: seqOf(error) ?? 0, message: error.message } as const;
    return { epoch: '', batches: 0, events: 0, positions: 0, faults: [fault] };
  }
  try {
    return await verifyJournal(platform, journal);
  } finally {
    await journal.close();
  }
}

async function verifyJournal(platform: Platform, journal: Journal): Promise<LedgerReport> {
  const facts = await platform.openKeyIndex(FACT_INDEX, journal.epoch);
  const chains = await openPositionChains(platform, journal.epoch);
  try {
    const read = await readLog(journal, { facts, chains });
    const faults = [...read.faults];
    if (faults.every(({ in: place }) => place === 'CACHE')) {
      faults.push(...auditState(read.state).map((message) => ({ in: 'STATE' as const, message })));
      faults.push(...(await wrongHistories(read.positions)));
    }
    const compared = await compareSnapshot(platform, journal, read);
    const { epoch } = journal;
    const { batches, events, state } = read;
    const counted = { epoch, batches, events, positions: state.positions.size };
    return { ...counted, ...compared, faults: [...faults, ...compared.faults].slice(0, FAULTS_MAX) };
  } finally {
    await facts.close();
    await chains.close();
  }
}

/** No more than are told anyway. */
async function wrongHistories(positions: PositionLogAudit): Promise<readonly LedgerFault[]> {
  const faults: LedgerFault[] = [];
  for await (const { sku, location } of positions.findings()) {
    const message = `The index of positions tells another history of ${sku} at ${location} than the log.`;
    if (faults.push({ in: 'CACHE', message }) === FAULTS_MAX) break;
  }
  return faults;
}

interface Indexes {
  readonly facts: KeyIndex;
  readonly chains: ChainIndex;
}

interface ReadLog {
  readonly state: LedgerState;
  readonly positions: PositionLogAudit;
  readonly batches: number;
  readonly events: number;
  readonly faults: readonly LedgerFault[];
}

/** Replays every batch from the first one on, as far as the log can be read. */
async function readLog(journal: Journal, { facts: index, chains }: Indexes): Promise<ReadLog> {
  const state = definition.initialState();
  const positions = new PositionLogAudit(chains, state);
  const faults: LedgerFault[] = [];
  let seq = 0;
  let events = 0;
  try {
    journal.assertReaches(index.completeSeq, 'the index of facts');
    journal.assertReaches(chains.completeSeq, 'the index of positions');
    for await (const batch of journal.read(1)) {
      const told = (batch.events as readonly CommandRecord<LedgerEvent>[]).flatMap((record) => record.events);
      for (const event of told) definition.evolve(state, event, batch.seq);
      seq = batch.seq;
      events += told.length;
      if (!positions.note({ seq, events: told })) {
        faults.push({ in: 'STATE', seq, message: 'A reservation ends that the log never began.' });
      }
      if (seq <= index.completeSeq) faults.push(...(await missingFacts(index, told, seq)));
    }
  } catch (error) {
    faults.push({ in: 'LOG', seq: seqOf(error) ?? seq + 1, message: textOf(error) });
  }
  return { state, positions, batches: seq, events, faults };
}

async function missingFacts(index: KeyIndex, events: readonly LedgerEvent[], seq: number): Promise<LedgerFault[]> {
  const told = events.map(factRecordOf).filter((record) => record !== undefined);
  const found = told.length > 0 ? await index.find(told.map(([key]) => key)) : new Map<string, readonly string[]>();
  return told
    .filter(([key, record]) => !found.get(key)?.includes(formatFactRecord(record)))
    .map(([key]) => ({ in: 'CACHE', seq, message: `The index of facts lacks ${key}.` }));
}

/** The newest snapshot with the log after it must give the very bytes that the whole log gives. */
async function compareSnapshot(
  { snapshots, telemetry }: Platform,
  journal: Journal,
  read: ReadLog,
): Promise<Pick<LedgerReport, 'snapshotSeq' | 'faults'>> {
  const newest = await snapshots.newest(CONTEXT, journal.epoch);
  if (!newest) return { faults: [] };
  try {
    const parts = { context: CONTEXT, journal, snapshots, telemetry, limits: WRITER_LIMITS };
    const { state, snapshotSeq } = await replay(definition, parts);
    const isEqual = Buffer.compare(ledgerSnapshot.encode(state), ledgerSnapshot.encode(read.state)) === 0;
    const message = `The snapshot at batch ${newest.seq} does not lead to what the whole log says.`;
    return { snapshotSeq, faults: isEqual || read.batches < journal.head() ? [] : [{ in: 'CACHE', message }] };
  } catch (error) {
    // The same damage was told of when the log was read, unless the log ends before the snapshot.
    const isKnown = read.faults.some(({ in: place }) => place === 'LOG');
    return { faults: isKnown ? [] : [{ in: 'LOG', seq: seqOf(error) ?? journal.head() + 1, message: textOf(error) }] };
  }
}

function seqOf(error: unknown): number | undefined {
  const { seq, head } = ((error as { details?: unknown }).details ?? {}) as { seq?: number; head?: number };
  return head === undefined ? seq : head + 1;
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
