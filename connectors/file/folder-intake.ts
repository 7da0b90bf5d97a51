import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { CsvError } from 'csv-parse';
import { leadByLease } from '../../kernel/engine/lead-by-lease.ts';
import { Refusal } from '../../kernel/model/errors.ts';
import { parseAs } from '../../kernel/model/json-schema.ts';
import type { CancelTimer } from '../../kernel/ports/clock.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { inboundOf, IngestRequest } from '../runtime/ingest-message.ts';
import type { Inbound } from '../runtime/inbound.ts';
import type { Inbox, MessageOutcome } from '../runtime/inbox.ts';
import type { FileStore } from './file-store.ts';
import { readLines, type FileLine } from './read-lines.ts';

export interface FolderLimits {
  /** How often the folder is looked at. */
  readonly pollMs: number;
  /** Lines that are handed to the inbox at a time. */
  readonly batchLines: number;
  readonly lineBytesMax: number;
  readonly fileBytesMax: number;
}

export const FOLDER_LIMITS: FolderLimits = {
  pollMs: 5_000,
  batchLines: 500,
  lineBytesMax: 1_048_576,
  fileBytesMax: 1_073_741_824,
};

export interface FolderOptions {
  /** The system whose files these are. */
  readonly source: string;
  readonly store: FileStore;
  readonly inbox: Pick<Inbox, 'receive'>;
  readonly platform: Pick<Platform, 'clock' | 'lease' | 'telemetry'>;
  /** True: a file without the checksum of its sender waits until it comes. Default: it is taken as it is. */
  readonly isChecksumRequired?: boolean;
  /** Brings files into the folder; it runs where the folder is watched. Absent: others put them there. */
  readonly fetcher?: { start(fetched: () => void): void; stop(): Promise<void> };
  /** Those that differ from FOLDER_LIMITS. */
  readonly limits?: Partial<FolderLimits>;
}

export interface FolderIntake {
  /** Begins at once, as soon as no other process watches the same folder. */
  start(): void;
  /** Takes in the files that lie ready. @returns how many */
  round(): Promise<number>;
  /** Waits for the file under way. */
  stop(): Promise<void>;
}

/**
 * Takes in files of messages: JSON lines, each as `/ingest` takes it, or CSV with a header of paths. A line without an
 * event id gets one of the checksum of the file and its number, so that the same file under another name is the same. Each
 * line has an outcome of its own; one that cannot be read keeps no other back. A file that was cut off by a crash is
 * taken in again from its beginning, and its lines are known.
 */
export function createFolderIntake(options: FolderOptions): FolderIntake {
  return new WatchedFolder(options, { ...FOLDER_LIMITS, ...options.limits });
}

interface Counts {
  lines: number;
  accepted: number;
  refused: number;
}

class WatchedFolder implements FolderIntake {
  readonly #options: FolderOptions;
  readonly #limits: FolderLimits;
  #isStopping = false;
  #stopLeading: (() => Promise<void>) | undefined;
  #underWay: Promise<number> | undefined;

  constructor(options: FolderOptions, limits: FolderLimits) {
    this.#options = options;
    this.#limits = limits;
  }

  start(): void {
    const { platform, source } = this.#options;
    this.#stopLeading ??= leadByLease({ name: `folder-${source}`, platform, lead: async () => this.#watch() });
  }

  round(): Promise<number> {
    this.#underWay ??= this.#takeAll().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#underWay?.catch(() => undefined);
    await this.#stopLeading?.();
  }

  /** Takes files in again and again, until it is ended. */
  #watch(): () => Promise<void> {
    const { platform, source, fetcher } = this.#options;
    let cancel: CancelTimer = () => undefined;
    let isOver = false;
    const look = (): void => {
      this.round()
        .catch((error: unknown) => {
          platform.telemetry.log('warn', 'A folder could not be read.', { source, error: String(error) });
        })
        .finally(() => {
          // Two looks that shared a round have one successor.
          cancel();
          if (!isOver) cancel = platform.clock.after(this.#limits.pollMs, look);
        });
    };
    look();
    fetcher?.start(() => {
      cancel();
      look();
    });
    return async () => {
      isOver = true;
      cancel();
      await fetcher?.stop();
      await this.#underWay?.catch(() => undefined);
    };
  }

  async #takeAll(): Promise<number> {
    const { store } = this.#options;
    let count = 0;
    for (const name of await store.claimed()) if (await this.#take(name)) count++;
    for (const { name } of await store.waiting()) {
      if (this.#isStopping) break;
      if ((await store.claim(name)) && (await this.#take(name))) count++;
    }
    return count;
  }

  /** @returns false when it waits for the checksum of its sender */
  async #take(name: string): Promise<boolean> {
    const { store, source, platform, isChecksumRequired = false } = this.#options;
    const path = store.pathOf(name);
    const outcomePath = `${path}.outcome.jsonl`;
    const { size } = await stat(path);
    const [checksum, promised] = [await checksumOf(path), await store.checksumOf(name)];
    if (promised === undefined && isChecksumRequired) return false;
    const outcomes = await open(outcomePath, 'w');
    let as: 'done' | 'failed' = 'done';
    try {
      assertWhole({ checksum, promised });
      assertSize(size, this.#limits.fileBytesMax);
      const { accepted, refused } = await this.#takeLines({ path, checksum, outcomes });
      if (refused > 0 && accepted === 0) as = 'failed';
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      as = 'failed';
      await write(outcomes, [{ line: 0, outcome: 'REFUSED', reason: error.message }]);
    } finally {
      await outcomes.close();
    }
    await store.finish(name, { as, outcomePath });
    platform.telemetry.count('files_taken_total', { source, as });
    return true;
  }

  async #takeLines({
    path,
    checksum,
    outcomes,
  }: {
    readonly path: string;
    readonly checksum: string;
    readonly outcomes: FileHandle;
  }): Promise<Counts> {
    const counts: Counts = { lines: 0, accepted: 0, refused: 0 };
    let batch: FileLine[] = [];
    const flush = async (): Promise<void> => {
      await this.#takeBatch(batch, { checksum, outcomes, counts });
      batch = [];
    };
    try {
      for await (const line of readLines(path, this.#limits)) {
        batch.push(line);
        if (batch.length >= this.#limits.batchLines) await flush();
      }
    } catch (error) {
      // CSV that is broken in a way that leaves unknown where its next row begins.
      if (!(error instanceof CsvError)) throw error;
      await flush();
      throw new Refusal('BAD_USER_INPUT', `The file cannot be read to its end: ${error.message}`);
    }
    await flush();
    return counts;
  }

  async #takeBatch(
    lines: readonly FileLine[],
    {
      checksum,
      outcomes,
      counts,
    }: { readonly checksum: string; readonly outcomes: FileHandle; readonly counts: Counts },
  ): Promise<void> {
    const read = lines.map((line) => messageOfLine(line, checksum));
    const messages = read.flatMap(({ message }) => (message ? [message] : []));
    const received = [...(await this.#options.inbox.receive(this.#options.source, messages))];
    const told = read.map(({ line, message, reason }) => {
      const outcome: MessageOutcome | undefined = message ? received.shift() : undefined;
      counts.lines++;
      if (outcome?.outcome === 'ACCEPTED' || outcome?.outcome === 'DUPLICATE') counts.accepted++;
      else counts.refused++;
      return { line, ...(outcome ?? { outcome: 'REFUSED', reason }) };
    });
    await write(outcomes, told);
  }
}

function messageOfLine(
  line: FileLine,
  checksum: string,
): { readonly line: number; readonly message?: Inbound; readonly reason?: string } {
  if ('reason' in line) return line;
  const eventId = `file:${checksum.slice(0, 32)}:${line.line}`;
  const value = typeof line.value === 'object' && line.value !== null ? { eventId, ...line.value } : line.value;
  try {
    const { messages } = parseAs(IngestRequest, { messages: [value] }, 'line');
    const [message] = messages;
    return message
      ? { line: line.line, message: inboundOf(message) }
      : { line: line.line, reason: 'The line is empty.' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { line: line.line, reason: error.message };
  }
}

function assertWhole({
  checksum,
  promised,
}: {
  readonly checksum: string;
  readonly promised: string | undefined;
}): void {
  if (promised === undefined || promised === checksum) return;
  throw new Refusal('BAD_USER_INPUT', `The file has the checksum ${checksum}; its sender says ${promised}.`);
}

function assertSize(bytes: number, fileBytesMax: number): void {
  if (bytes <= fileBytesMax) return;
  throw new Refusal('PAYLOAD_TOO_LARGE', `The file has ${bytes} bytes, more than ${fileBytesMax}.`, { fileBytesMax });
}

async function checksumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function write(outcomes: FileHandle, lines: readonly object[]): Promise<void> {
  if (lines.length > 0) await outcomes.write(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
}
