import { join } from 'node:path';
import { archiveTo } from '../../kernel/adapters/embedded/stream-archive.ts';
import { leadByLease } from '../../kernel/engine/lead-by-lease.ts';
import { repeatTask } from '../../kernel/engine/repeat-task.ts';
import { trimStream } from '../../kernel/engine/trim-stream.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { Retention } from './read-retention.ts';
import { STREAM_RETENTIONS } from './stream-retentions.ts';

export interface BoundStreamsOptions {
  readonly platform: Pick<Platform, 'clock' | 'documents' | 'lease' | 'streams' | 'telemetry'>;
  readonly retention: Retention;
  /** Messages that leave are kept there, `<stream>/<first>-<last>.ndjson.gz`. */
  readonly archiveDirectory: string;
  /** The first message of a stream that somebody reads who is no durable consumer; undefined when there is nobody. */
  readonly neededFrom: (stream: string) => Promise<number | undefined>;
}

const EVERY_MS = 600_000;
const PAGE_MESSAGES = 1_000;

/** Archives what is old and done with in every stream, again and again, in one process at a time. @returns stops it */
export function boundStreams(options: BoundStreamsOptions): () => Promise<void> {
  const { platform } = options;
  const lead = async (): Promise<() => Promise<void>> =>
    repeatTask({
      platform,
      pauseMs: EVERY_MS,
      failed: 'a stream could not be archived',
      run: (signal) => boundAll(options, signal),
    });
  return leadByLease({ name: 'stream-retention', platform, lead });
}

async function boundAll(
  { platform, retention, archiveDirectory, neededFrom }: BoundStreamsOptions,
  signal: AbortSignal,
): Promise<void> {
  for (const { name, ...of } of STREAM_RETENTIONS) {
    const { stream } = of;
    const archive = archiveTo(join(archiveDirectory, stream));
    for (let looked = PAGE_MESSAGES; looked === PAGE_MESSAGES && !signal.aborted;) {
      const beforeMs = platform.clock.nowMs() - retention[name];
      const options = { beforeMs, limit: PAGE_MESSAGES, archive, neededFrom: await neededFrom(stream) };
      const trimmed = await trimStream(platform, of, options);
      looked = trimmed.looked;
      platform.telemetry.count('stream_messages_archived_total', { stream }, trimmed.removed);
    }
  }
}
