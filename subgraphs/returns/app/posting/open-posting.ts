import type { Erp } from '../../../../connectors/erp/port.ts';
import type { OutboundCommands } from '../../../../connectors/outbound/port.ts';
import { repeatTask } from '../../../../kernel/engine/repeat-task.ts';
import type { EventEnvelope } from '../../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../../kernel/model/read-told.ts';
import type { ConsumerOptions } from '../../../../kernel/ports/streams.ts';
import { commandSettled } from '../../../../schema/events/outbound.ts';
import { streamOf } from '../../../../schema/events/subjects.ts';
import type { ReturnsParts } from '../returns-parts.ts';
import { followEvent, FOLLOWED } from './follow-events.ts';
import { POSTING_LIMITS, type PostingLimits } from './posting-limits.ts';
import type { PostingParts } from './posting-parts.ts';
import { openPostingStore } from './posting-store.ts';
import { askForEntry, keyOf, POSTING_REF, runPosting, settlePosting } from './run-posting.ts';
import { serveReplay } from './serve-replay.ts';

export interface PostingOptions {
  readonly returns: Pick<ReturnsParts, 'platform' | 'store' | 'limits'>;
  /** Where returns are posted; one without `journal` keeps no books for the hub. */
  readonly erp: Erp | undefined;
  readonly outbound: OutboundCommands | undefined;
  /** Those that differ from POSTING_LIMITS. */
  readonly limits?: Partial<PostingLimits>;
}

export interface Posting {
  /** Waits for what is under way. What is not posted goes on at the next start. */
  close(): Promise<void>;
}

/** Has the books of the ERP follow what returns tell, from now on when it is opened for the first time. In any number of processes. */
export async function openPosting(options: PostingOptions): Promise<Posting> {
  const { returns, erp, outbound } = options;
  const { platform } = returns;
  if (!erp?.journal || !outbound) return { close: serveReplay(platform.rpc) };
  const parts: PostingParts = {
    returns,
    postings: await openPostingStore(platform.documents),
    limits: { ...POSTING_LIMITS, ...options.limits },
    system: erp.system,
    journal: erp.journal,
    outbound,
    takesSales: erp.sales !== undefined,
  };
  const stopServing = serveReplay(platform.rpc, parts);
  const consume = (subscription: Pick<ConsumerOptions, 'durable' | 'stream' | 'types' | 'handle' | 'from'>) =>
    platform.streams.consume({
      ...subscription,
      concurrencyMax: returns.limits.factsConcurrencyMax,
      deliveriesMax: returns.limits.factDeliveriesMax,
      backoffMinMs: returns.limits.factBackoffMinMs,
      backoffMaxMs: returns.limits.factBackoffMaxMs,
    });
  const consumers = await Promise.all([
    consume({
      durable: 'returns-posting',
      stream: streamOf('returns'),
      types: FOLLOWED,
      from: 'new',
      handle: async ({ envelope }) => runPosting(parts, await followEvent(parts, envelope)),
    }),
    consume({
      durable: 'returns-outbound',
      stream: streamOf('outbound'),
      types: [commandSettled.type],
      from: 'new',
      handle: ({ envelope }) => takeSettled(parts, envelope),
    }),
  ]);
  const stopPolling = repeatTask({
    platform,
    pauseMs: parts.limits.pollMs,
    failed: 'due postings of returns could not be run',
    run: (signal) => runDue(parts, signal),
  });
  return {
    close: async () => {
      await stopServing();
      await Promise.all(consumers.map((consumer) => consumer.stop()));
      await stopPolling();
    },
  };
}

async function takeSettled(parts: PostingParts, envelope: EventEnvelope): Promise<void> {
  const { ref, key, status, message } = readEvent(commandSettled, envelope);
  if (!ref.startsWith(POSTING_REF)) return;
  const state = (await parts.postings.get(ref.slice(POSTING_REF.length)))?.document;
  const entry = state?.entries.find((each) => keyOf(each) === key);
  if (!state || !entry) return;
  if (status === 'DEAD') {
    await settlePosting(parts, { state, entry, outcome: { status: 'GIVEN_UP', reason: message ?? '' } });
  } else {
    // The queue tells what it came to.
    await askForEntry(parts, state, entry);
  }
  await runPosting(parts, state.id);
}

/** Those of others that crashed, and those who waited for somebody. */
async function runDue(parts: PostingParts, signal: AbortSignal): Promise<void> {
  const { clock } = parts.returns.platform;
  const due = await parts.postings.find({
    where: { dueAtMs: { lte: clock.nowMs() } },
    orderBy: { path: 'dueAtMs', direction: 'asc' },
    limit: parts.limits.runsMax,
  });
  if (signal.aborted) return;
  await Promise.allSettled(due.map(({ document }) => runPosting(parts, document.id)));
}
