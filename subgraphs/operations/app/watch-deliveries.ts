import { createHash } from 'node:crypto';
import { leadByLease } from '../../../kernel/engine/lead-by-lease.ts';
import { repeatTask } from '../../../kernel/engine/repeat-task.ts';
import type { Query } from '../../../kernel/ports/documents.ts';
import type { DeadLetter } from '../../../kernel/ports/streams.ts';
import { PUBLISHED_EVENTS } from '../../../schema/events/published-events.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import { closeException } from '../domain/close-exception.ts';
import { raiseException, type Raised } from '../domain/raise-exception.ts';
import { changeException } from './change-exception.ts';
import type { OperationsParts } from './operations-parts.ts';
import { StillConsumers, type StillConsumer } from './still-consumers.ts';

const STREAMS = [...new Set(PUBLISHED_EVENTS.map(({ context }) => streamOf(context)))];
const SUMMARY_LENGTH_MAX = 1_000;

/**
 * Has one process look, again and again, for events that a part of the hub has given up, and for parts that do not get on
 * with theirs: people are told until that is over. @returns stops it
 */
export function watchDeliveries(parts: OperationsParts): () => Promise<void> {
  const { platform, limits } = parts;
  const lead = async (): Promise<() => Promise<void>> => {
    const still = new StillConsumers(limits.consumerStillMs);
    return repeatTask({
      platform,
      pauseMs: limits.deliveriesPollMs,
      failed: 'deliveries could not be looked after',
      run: () => lookOnce(parts, still),
    });
  };
  return leadByLease({ name: 'operations-deliveries', platform, lead });
}

async function lookOnce(parts: OperationsParts, still: StillConsumers): Promise<void> {
  const { platform, limits } = parts;
  const letters: DeadLetter[] = [];
  const stuck: StillConsumer[] = [];
  let isWhole = true;
  for (const stream of STREAMS) {
    const page = await platform.streams.deadLetters(stream, limits.deadLettersPage);
    letters.push(...page);
    if (page.length === limits.deadLettersPage) isWhole = false;
    stuck.push(...still.look(stream, await platform.streams.consumers(stream), platform.clock.nowMs()));
  }
  for (const letter of letters) await raiseLetter(parts, letter);
  for (const consumer of stuck) await raiseConsumer(parts, consumer);
  const standing = new Set([...letters.map(letterId), ...stuck.map(consumerId)]);
  // Of too many some are not known, and what is not known is not over.
  if (isWhole)
    await closeOthers(parts, { class: 'EVENT_GIVEN_UP', standing, because: 'It was taken in, or given up.' });
  await closeOthers(parts, { class: 'EVENTS_STALLED', standing, because: 'It gets on again.' });
}

async function raiseLetter(parts: OperationsParts, letter: DeadLetter): Promise<void> {
  const { stream, durable, message, error, diedAtMs } = letter;
  const { envelope, seq } = message;
  await raise(parts, {
    id: letterId(letter),
    class: 'EVENT_GIVEN_UP',
    summary: `${durable} could not take in ${envelope.type} ${envelope.id} of ${stream}: ${error}`,
    source: envelope.source.system,
    evidence: envelope.source.eventId,
    correlationId: envelope.correlationId,
    subject: { type: 'EVENT', system: durable, stream, durable, seq },
    // One that was delivered again and given up again is told again.
    told: { eventId: `${stream}/${durable}/${seq}`, atMs: diedAtMs },
  });
}

async function raiseConsumer(parts: OperationsParts, consumer: StillConsumer): Promise<void> {
  const { stream, durable, floor, sinceMs } = consumer;
  const since = new Date(sinceMs).toISOString();
  await raise(parts, {
    id: consumerId(consumer),
    class: 'EVENTS_STALLED',
    summary: `${durable} has not got on with ${stream} since ${since}: it is through with everything up to ${floor}.`,
    source: 'operations',
    evidence: `${stream}/${durable}/${floor}`,
    correlationId: consumerId(consumer),
    subject: { type: 'CONSUMER', system: durable, stream, durable },
    told: { eventId: `${stream}/${durable}/${floor}`, atMs: sinceMs },
  });
}

type Cause = Pick<Raised, 'id' | 'class' | 'summary' | 'source' | 'evidence' | 'correlationId' | 'told'> &
  Required<Pick<Raised, 'subject'>>;

async function raise(parts: OperationsParts, cause: Cause): Promise<void> {
  await changeException(parts, cause.id, (known) => {
    if (known && known.told.atMs >= cause.told.atMs) return known;
    const nothing = { quantity: null, sku: null, location: null, channel: null, orders: [] };
    const raised = {
      ...nothing,
      ...cause,
      severity: 'HIGH',
      summary: cause.summary.slice(0, SUMMARY_LENGTH_MAX),
    } as const;
    return raiseException(known, raised, parts.limits.escalateAfterMs);
  });
}

interface Over {
  readonly class: Raised['class'];
  /** Ids of exceptions whose cause is there still. */
  readonly standing: ReadonlySet<string>;
  readonly because: string;
}

async function closeOthers(parts: OperationsParts, { class: of, standing, because }: Over): Promise<void> {
  const { platform, store, limits } = parts;
  let after: Query['after'];
  for (;;) {
    const found = await store.exceptions.find({
      where: { class: { eq: of }, status: { in: ['OPEN', 'ASSIGNED'] } },
      limit: limits.deadLettersPage,
      ...(after && { after }),
    });
    for (const { document } of found.filter(({ document: { id } }) => !standing.has(id))) {
      const closing = { atMs: platform.clock.nowMs(), by: 'operations', because };
      await changeException(parts, document.id, (known) => known && closeException(known, 'RESOLVED', closing));
    }
    const last = found.at(-1);
    if (!last || found.length < limits.deadLettersPage) return;
    after = { id: last.document.id, value: null };
  }
}

function letterId({ stream, durable, message }: DeadLetter): string {
  return `event-${digestOf([stream, durable, message.seq])}`;
}

function consumerId({ stream, durable }: Pick<StillConsumer, 'stream' | 'durable'>): string {
  return `consumer-${digestOf([stream, durable])}`;
}

function digestOf(names: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(names)).digest('base64url');
}
