import type { Poller } from '../../connectors/runtime/poller.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { lookAtFeeds } from '../../schema/commands/inbox.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';

const SUBJECT = rpcSubjectOf(lookAtFeeds.context, lookAtFeeds.name);
const TIMEOUT_MS = 2_000;

type Pollers = readonly Pick<Poller, 'nudge'>[];

/** Answers where the feeds are read. @returns stops it */
export function serveCatchUp({ rpc }: Pick<Platform, 'rpc'>, pollers: Pollers): () => void {
  return rpc.serve(SUBJECT, async () => {
    for (const poller of pollers) poller.nudge();
    return {};
  });
}

/**
 * Has the feeds read now, by the process that reads them, which another than the one may be that has been told of news. Nobody
 * waits for it: what is not asked for in this way is read with the next round.
 */
export function askForCatchUp({ rpc, ids }: Pick<Platform, 'rpc' | 'ids'>): void {
  rpc.request(SUBJECT, {}, { timeoutMs: TIMEOUT_MS, correlationId: ids.next() }).catch(() => undefined);
}
