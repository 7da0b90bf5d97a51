import type { CancelTimer } from '../../../kernel/ports/clock.ts';
import { escalateException } from '../domain/escalate-exception.ts';
import { changeException } from './change-exception.ts';
import type { OperationsParts } from './operations-parts.ts';

/** Looks again and again for exceptions that nobody sees to. @returns stops it */
export function escalateExceptions(parts: OperationsParts): () => Promise<void> {
  const { platform, limits } = parts;
  let cancel: CancelTimer = () => undefined;
  let underWay: Promise<void> | undefined;
  let isStopped = false;
  const next = (): void => {
    if (isStopped) return;
    cancel = platform.clock.after(limits.escalationPollMs, () => {
      underWay = escalateDue(parts)
        .catch((error: unknown) =>
          platform.telemetry.log('warn', 'exceptions could not be escalated', { error: String(error) }),
        )
        .finally(next);
    });
  };
  next();
  return async () => {
    isStopped = true;
    cancel();
    await underWay;
  };
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
