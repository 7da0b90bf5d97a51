import { join } from 'node:path';
import { archiveTo } from '../../kernel/adapters/embedded/stream-archive.ts';
import type { EmbeddedPlatform } from '../../kernel/adapters/embedded/open-embedded-platform.ts';
import type { CancelTimer } from '../../kernel/ports/clock.ts';
import { streamOf } from '../../schema/events/subjects.ts';

/**
 * Streams that hold what came and went: facts, and what became of commands. Those of the other contexts are their change logs
 * and what projections are made of from the beginning; they grow with the retailer.
 */
const BOUNDED = [streamOf('inbox'), streamOf('outbound')];
const KEPT_MS = 30 * 86_400_000;
const EVERY_MS = 600_000;
const PAGE_MESSAGES = 1_000;

/**
 * Archives what is older than KEPT_MS and done with under `<data>/archive/<stream>`, again and again. @returns stops it
 */
export function boundStreams(
  platform: Pick<EmbeddedPlatform, 'clock' | 'streams' | 'telemetry'>,
  dataDirectory: string,
): () => Promise<void> {
  const { clock, streams, telemetry } = platform;
  let cancel: CancelTimer = () => undefined;
  let underWay: Promise<void> | undefined;
  const stopping = new AbortController();
  const { signal } = stopping;
  const boundAll = async (): Promise<void> => {
    for (const stream of BOUNDED) {
      const archive = archiveTo(join(dataDirectory, 'archive', stream));
      for (let removed = PAGE_MESSAGES; removed === PAGE_MESSAGES && !signal.aborted;) {
        removed = await streams.trim(stream, { beforeMs: clock.nowMs() - KEPT_MS, limit: PAGE_MESSAGES, archive });
        telemetry.count('stream_messages_archived_total', { stream }, removed);
      }
    }
  };
  const next = (): void => {
    if (signal.aborted) return;
    cancel = clock.after(EVERY_MS, () => {
      underWay = boundAll()
        .catch((error: unknown) => telemetry.log('warn', 'a stream could not be archived', { error: String(error) }))
        .finally(next);
    });
  };
  next();
  return async () => {
    stopping.abort();
    cancel();
    await underWay;
  };
}
