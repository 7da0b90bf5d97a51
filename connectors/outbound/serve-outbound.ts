import { Refusal } from '../../kernel/model/errors.ts';
import { parseAs } from '../../kernel/model/json-schema.ts';
import { DocumentConflict } from '../../kernel/ports/document-errors.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { CommandDefinition, ReplyOf, RequestOf } from '../../schema/commands/command-definition.ts';
import { eraseCommands } from '../../schema/commands/erasure.ts';
import {
  discardCommand,
  listCommands,
  queueStates,
  replayCommand,
  type ListCommandsReply,
  type QueueStatesReply,
} from '../../schema/commands/outbound.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import type { CommandStore, VersionedCommand } from './command-store.ts';
import { LANES } from './port.ts';
import { askQueue } from './queue-leader.ts';
import type { QueuedCommand } from './queued-command.ts';
import type { SystemDesk } from './system-desk.ts';

export interface OutboundServices {
  readonly platform: Pick<Platform, 'clock' | 'ids' | 'rpc'>;
  readonly store: CommandStore;
  /** Every system that is connected here, whoever lets its commands go. */
  readonly queues: () => ReadonlyMap<string, SystemDesk>;
  /** A command that had come to an end waits again. */
  readonly putBack: (command: VersionedCommand) => Promise<void>;
}

/** Answers operators. @returns stops it */
export function serveOutbound(services: OutboundServices): () => void {
  const { rpc } = services.platform;
  const serve = <Definition extends CommandDefinition>(
    definition: Definition,
    answer: (request: RequestOf<Definition>) => Promise<ReplyOf<Definition>>,
  ): (() => void) =>
    rpc.serve(rpcSubjectOf(definition.context, definition.name), ({ payload }) =>
      answer(parseAs<RequestOf<Definition>>(definition.request, payload, definition.name)),
    );
  const stops = [
    serve(replayCommand, async (named) => ({ status: await decide(services, named, replayed) })),
    serve(discardCommand, async (named) => ({ status: await decide(services, named, discarded) })),
    serve(eraseCommands, (request) => erased(services, request)),
    serve(queueStates, () => statesOf(services)),
    serve(listCommands, (request) => pageOf(services, request)),
  ];
  return () => stops.forEach((stop) => stop());
}

/** The keys of an order's commands begin with its id. */
async function erased(
  { store, queues }: OutboundServices,
  { order }: RequestOf<typeof eraseCommands>,
): Promise<ReplyOf<typeof eraseCommands>> {
  let count = 0;
  for (const system of queues().keys()) count += await store.erase(system, `${order}/`);
  return { erased: count };
}

type Named = RequestOf<typeof replayCommand>;
type Decided = ReplyOf<typeof replayCommand>['status'];

function replayed(command: QueuedCommand, nowMs: number): QueuedCommand {
  return { ...command, status: 'WAITING', attempts: 0, dueAtMs: nowMs, submittedAtMs: nowMs, settledAtMs: null };
}

function discarded(command: QueuedCommand, nowMs: number): QueuedCommand {
  return { ...command, status: 'DISCARDED', settledAtMs: nowMs };
}

/** Only what was given up waits for a decision; one that was decided already stays as it is. */
async function decide(
  { store, platform, putBack }: OutboundServices,
  named: Named,
  decision: (command: QueuedCommand, nowMs: number) => QueuedCommand,
): Promise<Decided> {
  for (;;) {
    const known = await store.get(named);
    if (!known) throw new Refusal('BAD_USER_INPUT', `${named.system} has no command ${named.key}.`, { ...named });
    const { document, version } = known;
    if (document.status !== 'DEAD') return document.status;
    const decided = decision(document, platform.clock.nowMs());
    try {
      if (decided.status === 'WAITING') await putBack(await store.save(decided, version));
      else await store.settle(decided, version);
      return decided.status as Decided;
    } catch (error) {
      if (!(error instanceof DocumentConflict)) throw error;
    }
  }
}

/** Commands that are counted per lane; beyond it the count is at least that. */
const COUNTED_MAX = 1_000;

async function statesOf({ queues, store, platform }: OutboundServices): Promise<QueueStatesReply> {
  const states = [...queues()].map(async ([system, { isLed, queue }]) => {
    const pages = await Promise.all(
      LANES.map((lane) => store.waiting({ system, lane }, { after: undefined, limit: COUNTED_MAX })),
    );
    const oldest = pages.flatMap(([first]) => first?.document.submittedAtMs ?? []);
    const { breaker, underWay } = isLed ? queue : await askQueue(platform, { system });
    return {
      system,
      breaker,
      underWay,
      waiting: LANES.map((lane, index) => ({ lane, commands: pages[index]?.length ?? 0 })),
      oldestSubmittedAt: oldest.length === 0 ? null : new Date(Math.min(...oldest)).toISOString(),
    };
  });
  return { queues: await Promise.all(states) };
}

async function pageOf(
  { store }: OutboundServices,
  { system, status, after, limit }: RequestOf<typeof listCommands>,
): Promise<ListCommandsReply> {
  const last = after === undefined ? undefined : await store.get({ system, key: after });
  const page = await store.list({ system, status }, { after: last, limit });
  return {
    commands: page.map(({ document }) => ({
      system: document.system,
      key: document.key,
      name: document.name,
      lane: document.lane,
      group: document.group,
      ref: document.ref,
      status: document.status,
      attempts: document.attempts,
      submittedAt: new Date(document.submittedAtMs).toISOString(),
      correlationId: document.correlationId,
      reason: document.reason?.message.slice(0, REASON_LENGTH_MAX) ?? null,
    })),
  };
}

const REASON_LENGTH_MAX = 500;
