import { repeatTask } from '../../../kernel/engine/repeat-task.ts';
import { escalateException } from '../domain/escalate-exception.ts';
import { changeException } from './change-exception.ts';
import type { OperationsParts } from './operations-parts.ts';

/** Looks again and again for exceptions that nobody sees to. @returns stops it */
export function escalateExceptions(parts: OperationsParts): () => Promise<void> {
  const { platform, limits } = parts;
  return repeatTask({
    platform,
    pauseMs: limits.escalationPollMs,
    failed: 'exceptions could not be escalated',
    run: () => escalateDue(parts),
  });
}

async function escalateDue(parts: OperationsParts): Promise<void> {
  const { platform, store, limits } = parts;
  const nowMs = platform.clock.nowMs();
  const due = await store.exceptions.find({
    where: { escalateAtMs: { lte: nowMs } },
    orderBy: { path: 'escalateAtMs', direction: 'asc' },
    limit: limits.escalationPage,
  });
  for (const { document } of due) {
    const after = await changeException(
      parts,
      document.id,
      (known) => known && escalateException(known, nowMs, limits.escalateAfterMs),
    );
    if (after === undefined) continue;
    platform.telemetry.count('exceptions_escalated_total', { severity: after.severity });
    platform.telemetry.log('warn', 'Nobody sees to an exception.', { exception: after.id, class: after.class });
  }
}
