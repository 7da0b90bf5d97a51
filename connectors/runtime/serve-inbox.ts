import { Refusal } from '../../kernel/model/errors.ts';
import { parseAs } from '../../kernel/model/json-schema.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { CommandDefinition, ReplyOf, RequestOf } from '../../schema/commands/command-definition.ts';
import {
  describeMapping,
  dryRunMapping as dryRun,
  erasePersonalData,
  listQuarantined,
  readAgain,
  replayQuarantined,
  type ListQuarantinedReply,
} from '../../schema/commands/inbox.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import { dryRunMapping } from './dry-run-mapping.ts';
import type { Inbox } from './inbox.ts';
import { codeMappingsOf } from './live-mapping.ts';
import type { Poller } from './poller.ts';
import { replayQuarantined as replay, type ReadAgain } from './replay-quarantined.ts';

export interface InboxDesk {
  readonly inbox: Inbox;
  readonly platform: Pick<Platform, 'rpc'>;
  /** How what came from each system is read again. */
  readonly readers: ReadonlyMap<string, ReadAgain>;
  /** What the words of each system mean at the moment. */
  readonly mappings: ReadonlyMap<string, object>;
  /** The pollers of a system. */
  readonly pollersOf: (system: string) => readonly Pick<Poller, 'rewind'>[];
}

/** Answers operators. @returns stops it */
export function serveInbox(desk: InboxDesk): () => void {
  const { inbox, platform } = desk;
  const serve = <Definition extends CommandDefinition>(
    definition: Definition,
    answer: (request: RequestOf<Definition>) => Promise<ReplyOf<Definition>>,
  ): (() => void) =>
    platform.rpc.serve(rpcSubjectOf(definition.context, definition.name), ({ payload }) =>
      answer(parseAs<RequestOf<Definition>>(definition.request, payload, definition.name)),
    );
  const stops = [
    serve(replayQuarantined, ({ system, exceptionId: cause }) => {
      const read = readerOf(desk, system);
      return replay(inbox, { source: system, read, ...(cause !== undefined && { cause }) });
    }),
    serve(listQuarantined, (request) => quarantined(inbox, request)),
    serve(erasePersonalData, async (wanted) => ({ messages: await inbox.erase(wanted) })),
    serve(describeMapping, async ({ system }) => ({
      sets: Object.entries(codeMappingsOf(desk.mappings.get(system) ?? {})).map(([domain, rows]) => ({ domain, rows })),
    })),
    serve(dryRun, (request) =>
      dryRunMapping({ payloads: inbox.payloads, read: readerOf(desk, request.system) }, request),
    ),
    serve(readAgain, async ({ system, fromAt }) => {
      const pollers = desk.pollersOf(system);
      await Promise.all(pollers.map((poller) => poller.rewind(Date.parse(fromAt))));
      return { feeds: pollers.length };
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

function readerOf({ readers }: InboxDesk, system: string): ReadAgain {
  const read = readers.get(system);
  if (read) return read;
  throw new Refusal('BAD_USER_INPUT', `What came from ${system} cannot be read again here.`, { system });
}

async function quarantined(
  inbox: Inbox,
  { system, exceptionId: cause, after, limit }: RequestOf<typeof listQuarantined>,
): Promise<ListQuarantinedReply> {
  const kept = await inbox.quarantined({
    first: limit,
    ...(system !== undefined && { source: system }),
    ...(cause !== undefined && { cause }),
    ...(after && { after: { ...after, source: after.system, receivedAtMs: Date.parse(after.receivedAt) } }),
  });
  return {
    messages: kept.map(({ source, eventId, reason, cause, receivedAtMs, correlationId }) => ({
      system: source,
      eventId,
      reason: reason.slice(0, REASON_LENGTH_MAX),
      exceptionId: cause,
      receivedAt: new Date(receivedAtMs).toISOString(),
      correlationId,
    })),
  };
}

const REASON_LENGTH_MAX = 2_000;
