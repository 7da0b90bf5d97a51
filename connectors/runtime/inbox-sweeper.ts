import { repeatTask } from '../../kernel/engine/repeat-task.ts';
import type { Collection } from '../../kernel/ports/documents.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { InboxDocument } from './inbox-document.ts';
import type { InboxLimits } from './inbox-limits.ts';
import type { PayloadStore } from './payload-store.ts';

interface SweeperParts {
  readonly collections: readonly Collection<InboxDocument>[];
  readonly payloads: PayloadStore;
  readonly platform: Pick<Platform, 'clock' | 'telemetry'>;
  readonly limits: InboxLimits;
}

/** Forgets what was kept for long enough, again and again, a page at a time. @returns stops it */
export function sweepInbox(parts: SweeperParts): () => Promise<void> {
  const { platform, limits } = parts;
  return repeatTask({
    platform,
    pauseMs: limits.sweepEveryMs,
    failed: 'Old messages could not be removed.',
    run: (signal) => sweepOnce(parts, signal),
  });
}

async function sweepOnce(
  { collections, payloads, platform, limits }: SweeperParts,
  signal: AbortSignal,
): Promise<void> {
  const { sweepMessages: limit } = limits;
  const nowMs = platform.clock.nowMs();
  while (!signal.aborted && (await payloads.sweep(nowMs, limit)) === limit);
  for (const collection of collections) {
    for (let isMore = true; isMore && !signal.aborted;) {
      const old = await collection.find({
        where: { expiresAtMs: { lt: nowMs } },
        orderBy: { path: 'expiresAtMs', direction: 'asc' },
        limit,
      });
      await Promise.allSettled(old.map(({ document, version }) => collection.delete(document.id, version)));
      platform.telemetry.count('inbox_swept_total', {}, old.length);
      isMore = old.length === limit;
    }
  }
}
