import { Obstacle } from '../../kernel/model/errors.ts';
import { parseAs } from '../../kernel/model/json-schema.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { factOutcomes, type FactOutcomesReply } from '../../schema/commands/inventory.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';

export type FactOutcome = FactOutcomesReply['outcomes'][number];

const EVENTS_PER_QUESTION_MAX = 1_000;
const QUESTION_TIMEOUT_MS = 5_000;
/** The wait between two questions doubles up to this. */
const PAUSE_MS_MIN = 10;
const PAUSE_MS_MAX = 200;

/**
 * What became of facts in the ledger, by event id. Asks again and again until each is settled or the time is up; what is
 * not settled by then, or cannot be asked for, is PENDING.
 */
export async function awaitFacts(
  { rpc, clock, ids }: Pick<Platform, 'rpc' | 'clock' | 'ids'>,
  {
    system,
    eventIds,
    waitMs,
  }: {
    readonly system: string;
    readonly eventIds: readonly string[];
    readonly waitMs: number;
  },
): Promise<ReadonlyMap<string, FactOutcome>> {
  const outcomes = new Map<string, FactOutcome>();
  for (const eventId of eventIds) outcomes.set(eventId, { eventId, state: 'PENDING', parkedLines: [] });
  const untilMs = clock.nowMs() + waitMs;
  const correlationId = ids.next();
  for (let pauseMs = PAUSE_MS_MIN; ; pauseMs = Math.min(2 * pauseMs, PAUSE_MS_MAX)) {
    const open = [...outcomes.values()].filter(({ state }) => state === 'PENDING').map(({ eventId }) => eventId);
    for (let from = 0; from < open.length; from += EVENTS_PER_QUESTION_MAX) {
      const request = { system, eventIds: open.slice(from, from + EVENTS_PER_QUESTION_MAX) };
      for (const outcome of await ask(rpc, request, correlationId)) outcomes.set(outcome.eventId, outcome);
    }
    const isSettled = [...outcomes.values()].every(({ state }) => state !== 'PENDING');
    const leftMs = untilMs - clock.nowMs();
    if (isSettled || leftMs <= 0) return outcomes;
    await new Promise<void>((resolve) => clock.after(Math.min(pauseMs, leftMs), resolve));
  }
}

async function ask(
  rpc: Platform['rpc'],
  request: { readonly system: string; readonly eventIds: readonly string[] },
  correlationId: string,
): Promise<readonly FactOutcome[]> {
  const subject = rpcSubjectOf(factOutcomes.context, factOutcomes.name);
  try {
    const reply = await rpc.request(subject, request, { timeoutMs: QUESTION_TIMEOUT_MS, correlationId });
    return parseAs<FactOutcomesReply>(factOutcomes.reply, reply, `the reply of ${factOutcomes.name}`).outcomes;
  } catch (error) {
    if (error instanceof Obstacle) return [];
    throw error;
  }
}
