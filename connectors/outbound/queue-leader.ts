import { Obstacle } from '../../kernel/model/errors.ts';
import { parseAs } from '../../kernel/model/json-schema.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { tellQueue, type TellQueue, type ToldQueue } from '../../schema/commands/outbound.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import type { SystemQueue } from './system-queue.ts';

/** One process leads a queue, and any may be asked: what the leader alone knows is asked of it, under the system's name. */
const subjectOf = (system: string): string => `${rpcSubjectOf(tellQueue.context, tellQueue.name)}.${system}`;

const ASK_TIMEOUT_MS = 2_000;
/** While nobody lets its commands go, none is under way, and nothing is known to be broken. */
const NOT_LED: ToldQueue = { breaker: 'CLOSED', underWay: 0 };

/** Answers for a queue that is led here. @returns stops it */
export function serveQueue(
  rpc: Platform['rpc'],
  { system, queue }: { readonly system: string; readonly queue: SystemQueue },
): () => void {
  return rpc.serve(subjectOf(system), async ({ payload }): Promise<ToldQueue> => {
    const { changedLane } = parseAs<TellQueue>(tellQueue.request, payload, tellQueue.name);
    if (changedLane !== undefined) queue.changed(changedLane, 'ANYWHERE');
    return { breaker: queue.breaker, underWay: queue.underWay };
  });
}

/** Asks whoever leads the queue of a system. With a lane: it is told as well that commands were put back in it. */
export async function askQueue(
  { rpc, ids }: Pick<Platform, 'rpc' | 'ids'>,
  { system, ...request }: TellQueue & { readonly system: string },
): Promise<ToldQueue> {
  try {
    const options = { timeoutMs: ASK_TIMEOUT_MS, correlationId: ids.next() };
    const reply = await rpc.request(subjectOf(system), request, options);
    return parseAs<ToldQueue>(tellQueue.reply, reply, `the reply of ${tellQueue.name}`);
  } catch (error) {
    if (error instanceof Obstacle) return NOT_LED;
    throw error;
  }
}
