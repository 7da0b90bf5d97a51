import { cp, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openEmbeddedPlatform } from '../../kernel/adapters/embedded/open-embedded-platform.ts';
import { testConfig } from '../../kernel/testing/config.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { INVENTORY_LIMITS } from './app/inventory-limits.ts';
import { Ledger } from './app/ledger.ts';
import { ledgerSnapshot } from './app/ledger-snapshot.ts';
import type { StockFact } from './domain/stock-fact.ts';

/*
 * What a ledger does with files that are not what it wrote: it mends what the log can mend, and refuses the rest. It
 * never serves another number.
 */

const { propertyRuns, propertySeed: seed = Date.now() % 1_000_000 } = testConfig();
const FLIPS = Math.ceil(propertyRuns / 3);
const FACTS = 12;
/** The batches of the places and goods, which come before the facts. */
const BATCHES_BEFORE = 2;

let temporary: TemporaryDirectory;
/** As the ledger has left it. */
let sound: string;
let soundBytes: Buffer;

beforeEach(async () => {
  temporary = await temporaryDirectory();
  sound = join(temporary.path, 'sound');
  await withLedger(sound, async (ledger) => {
    const place = { name: 'S1', type: 'STORE', timeZone: 'Europe/London', capabilities: ['SHIP' as const] } as const;
    const request = { location: 'S1', ...place, capabilities: [...place.capabilities] };
    await ledger.execute({ type: 'register-location', request });
    await ledger.execute({ type: 'register-sku', request: { sku: 'A', step: '1', categories: [] } });
    for (let n = 0; n < FACTS / 2; n++) await ledger.execute({ type: 'record-fact', fact: receipt(n) });
  });
  // Another life of the process, so that there are two snapshots.
  await withLedger(sound, async (ledger) => {
    for (let n = FACTS / 2; n < FACTS; n++) await ledger.execute({ type: 'record-fact', fact: receipt(n) });
    soundBytes = bytesOf(ledger);
  });
});
afterEach(() => temporary.remove());

function receipt(n: number): StockFact {
  const data = { location: 'S1', reference: 'po', lines: [{ lineId: '1', sku: 'A', quantity: '5' }] };
  const source = { system: 'wms', eventId: `receipt-${n}` };
  return { type: 'goods-received', source, payloadHash: `content-${n}`, occurredAtMs: 1_000, data };
}

const bytesOf = ({ state }: Ledger): Buffer => Buffer.from(ledgerSnapshot.encode(state));

async function withLedger<Result>(
  directory: string,
  work: (ledger: Ledger) => Promise<Result>,
  telemetry = new RecordingTelemetry(),
): Promise<Result> {
  const platform = await openEmbeddedPlatform({ directory, telemetry });
  try {
    const ledger = await Ledger.open(platform, INVENTORY_LIMITS);
    try {
      return await work(ledger);
    } finally {
      await ledger.close();
    }
  } finally {
    await platform.close();
  }
}

let copies = 0;

async function damagedCopy(damage: (directory: string) => Promise<void> | void): Promise<string> {
  const copy = join(temporary.path, `copy-${copies++}`);
  await cp(sound, copy, { recursive: true });
  await damage(copy);
  return copy;
}

async function snapshotsOf(directory: string): Promise<readonly string[]> {
  const folder = join(directory, 'snapshots', 'inventory');
  return (await readdir(folder)).toSorted().map((name) => join(folder, name));
}

async function flip(path: string, at: (bytes: Buffer) => number): Promise<void> {
  const bytes = await readFile(path);
  const position = at(bytes);
  bytes[position] = (bytes[position] as number) ^ 0x04;
  await writeFile(path, bytes);
}

function sql(file: string, text: string): (directory: string) => void {
  return (directory) => {
    const database = new DatabaseSync(join(directory, file));
    database.exec(text);
    database.close();
  };
}

/** Every fact is told again. @returns the state before, and how many were applied */
function open(directory: string, telemetry?: RecordingTelemetry) {
  return withLedger(
    directory,
    async (ledger) => {
      const bytes = bytesOf(ledger);
      const told = Array.from({ length: FACTS }, (_, n) => receipt(n));
      // With another fact memory forgets the former ones, so that nothing but the index can know them.
      ledger.state.facts.limitTo(1);
      await ledger.execute({ type: 'record-fact', fact: receipt(FACTS) });
      expect(ledger.state.facts.size).toBe(1);
      const answers = await Promise.all(told.map((fact) => ledger.execute({ type: 'record-fact', fact })));
      return { bytes, applied: answers.reduce((sum, { appliedLines }) => sum + appliedLines, 0) };
    },
    telemetry,
  );
}

describe('a log that is not what was written', () => {
  test.each([
    [
      'a batch that was altered',
      `UPDATE journal_inventory SET events = replace(events, '"steps":5', '"steps":6') WHERE seq = 7`,
      7,
    ],
    ['a batch that is missing', 'DELETE FROM journal_inventory WHERE seq = 7', 7],
    ['a last batch that was altered', `UPDATE journal_inventory SET recorded_at_ms = 5 WHERE seq = 14`, 14],
  ])('is refused at its batch without a snapshot beyond it: %s', async (_, text, seq) => {
    const copy = await damagedCopy(async (directory) => {
      for (const file of await snapshotsOf(directory)) await truncate(file, 5);
      sql('stockwire.db', text)(directory);
    });
    await expect(open(copy)).rejects.toMatchObject({ name: 'JournalCorrupt', details: { seq } });
  });

  test('is refused when it ends before what its snapshot and its index have seen', async () => {
    const cut = sql('stockwire.db', `DELETE FROM journal_inventory WHERE seq > ${FACTS / 2 + BATCHES_BEFORE}`);
    await expect(damagedCopy(cut).then(open)).rejects.toMatchObject({ name: 'JournalCorrupt', details: { head: 8 } });
    const withoutSnapshots = damagedCopy(async (directory) => {
      for (const file of await snapshotsOf(directory)) await truncate(file, 5);
      cut(directory);
    });
    await expect(withoutSnapshots.then(open)).rejects.toThrow(/ends at 8.*has seen 14/);
  });
});

describe('a snapshot that is damaged', () => {
  test.each([
    ['falls back to the one before it', 1],
    ['and the one before it too: the log alone gives the same bytes', 2],
  ])('%s', async (_, damaged) => {
    const copy = await damagedCopy(async (directory) => {
      for (const file of (await snapshotsOf(directory)).slice(-damaged)) await flip(file, ({ length }) => length - 9);
    });
    const telemetry = new RecordingTelemetry();
    const { bytes, applied } = await open(copy, telemetry);
    expect(bytes.equals(soundBytes)).toBe(true);
    expect(applied).toBe(0);
    expect(telemetry.logs.filter(({ message }) => message === 'a damaged snapshot was skipped')).toHaveLength(damaged);
  });
});

describe('an index that is damaged', () => {
  test.each([
    ['is no database', (path: string) => writeFile(path, 'x'.repeat(8_192))],
    ['was cut off', (path: string) => truncate(path, 5_000)],
    ['is empty', (path: string) => truncate(path, 0)],
  ])('because it %s is filled from the log again, and no fact is applied twice', async (_, damage) => {
    const copy = await damagedCopy((directory) => damage(join(directory, 'indexes', 'inventory-facts.db')));
    const { bytes, applied } = await open(copy);
    expect(bytes.equals(soundBytes)).toBe(true);
    expect(applied).toBe(0);
  });
});

interface Somewhere {
  /** From the beginning of the file to its end. */
  readonly part: number;
  /** So many bytes after the next id of a fact, where it is known to matter; absent: just there. */
  readonly afterId: number | undefined;
}

const somewhere: fc.Arbitrary<Somewhere> = fc.record({
  part: fc.nat({ max: 9_999 }).map((part) => part / 10_000),
  afterId: fc.option(fc.nat({ max: 20 }), { nil: undefined, freq: 1 }),
});

function positionIn(bytes: Buffer, { part, afterId }: Somewhere): number {
  const position = Math.floor(part * bytes.length);
  const id = afterId === undefined ? -1 : bytes.indexOf('receipt-', position);
  return id === -1 ? position : id + (afterId ?? 0);
}

describe(`any one flipped bit (seed ${seed})`, () => {
  test.each([
    ['the log', (directory: string) => join(directory, 'stockwire.db')],
    ['the newest snapshot', async (directory: string) => (await snapshotsOf(directory)).at(-1) as string],
    ['the index of facts', (directory: string) => join(directory, 'indexes', 'inventory-facts.db')],
  ])('in %s either keeps the ledger from starting or changes nothing', async (what, fileOf) => {
    const telemetry = new RecordingTelemetry();
    const wrong: string[] = [];
    let refused = 0;
    for (const place of fc.sample(somewhere, { numRuns: FLIPS, seed })) {
      let position = 0;
      const copy = await damagedCopy(async (directory) => {
        await flip(await fileOf(directory), (bytes) => (position = positionIn(bytes, place)));
      });
      try {
        const { bytes, applied } = await open(copy, telemetry);
        if (!bytes.equals(soundBytes) || applied > 0) wrong.push(`${what} at ${position}: ${applied} applied`);
      } catch (error) {
        const isTold = ['JournalCorrupt', 'StorageDamaged', 'StorageFailed', 'StorageShortened'].includes(
          (error as Error).name,
        );
        if (!isTold) wrong.push(`${what} at ${position}: ${(error as Error).stack}`);
        refused++;
      }
    }
    expect(wrong).toEqual([]);
    // Some of the flips must have hit something that is read.
    const mended = telemetry.logs.filter(({ message }) => message.startsWith('a damaged')).length;
    expect(refused + mended).toBeGreaterThan(0);
  });
});
