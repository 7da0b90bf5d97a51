import type { Static, TSchema } from '@sinclair/typebox';
import { Obstacle, toRefusal, isRefusal } from '../../../kernel/model/errors.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { heldBalances as heldBalancesAsked } from '../../../schema/commands/balances.ts';
import { changesSinceOf } from '../../../schema/commands/change-log.ts';
import type { CommandDefinition } from '../../../schema/commands/command-definition.ts';
import {
  allocateStock,
  bringStock,
  cancelReservations,
  changeCondition,
  deallocateStock,
  disposeReturn,
  extendReservation,
  factOutcomes,
  findNodes,
  giveUpTransfer,
  prioritiseReservations,
  recordMovement,
  reserveStock,
  type DisposeReturn,
} from '../../../schema/commands/inventory.ts';
import { rpcSubjectOf } from '../../../schema/events/subjects.ts';
import { decideDisposeReturn } from '../domain/decide-dispose-return.ts';
import { HUB_SYSTEM } from '../domain/decide-record-movement.ts';
import { findNodes as findNodesIn } from '../domain/find-nodes.ts';
import type { FactOutcomeReader } from './fact-outcomes.ts';
import { changesSince } from './changes-since.ts';
import { heldBalances } from './held-balances.ts';
import type { InventoryLimits } from './inventory-limits.ts';
import { CONTEXT, type Ledger } from './ledger.ts';

export interface ServeCommandsOptions {
  readonly platform: Platform;
  readonly ledger: Ledger;
  readonly factReader: FactOutcomeReader;
}

/** Answers `changes-since`, in any process that follows the log. @returns stops it */
export function serveChanges(platform: Platform, ledger: Ledger, limits: InventoryLimits): () => void {
  return serve(platform, changesSinceOf(CONTEXT), async (request) => changesSince(ledger, request, limits));
}

/**
 * Answers every command and question of `schema/commands/inventory.ts`, as the process that decides: who asks one thing
 * after the other finds what was answered before. @returns stops it
 */
export function serveCommands({ platform, ledger, factReader }: ServeCommandsOptions): () => void {
  const answered = (answer: Promise<object>): Promise<object> =>
    answer.then((told) => ({ ...told, changeCursor: ledger.cursor }));
  const stops = [
    serve(platform, reserveStock, (request) => answered(ledger.execute({ type: 'reserve-stock', request }, request))),
    serve(platform, cancelReservations, (request) =>
      answered(ledger.execute({ type: 'cancel-reservations', request }, request)),
    ),
    serve(platform, extendReservation, (request) =>
      answered(ledger.execute({ type: 'extend-reservation', request }, request)),
    ),
    serve(platform, prioritiseReservations, (request) =>
      answered(ledger.execute({ type: 'prioritise-reservations', request }, request)),
    ),
    serve(platform, allocateStock, (request) => answered(ledger.execute({ type: 'allocate-stock', request }, request))),
    serve(platform, deallocateStock, (request) =>
      answered(ledger.execute({ type: 'deallocate-stock', request }, request)),
    ),
    serve(platform, bringStock, async (request) => {
      const brought = { action: 'BRING', ...request } as const;
      await ledger.execute({ type: 'change-transfer', request: brought }, request);
      return { changeCursor: ledger.cursor };
    }),
    serve(platform, giveUpTransfer, async (request) => {
      const givenUp = { action: 'GIVE_UP', ...request } as const;
      await ledger.execute({ type: 'change-transfer', request: givenUp }, request);
      return { changeCursor: ledger.cursor };
    }),
    serve(platform, disposeReturn, async (request) => {
      await assertReceived(ledger, request, platform.clock.nowMs());
      return answered(ledger.execute({ type: 'dispose-return', request }, request));
    }),
    serve(platform, changeCondition, (request) =>
      answered(ledger.execute({ type: 'change-condition', request }, request)),
    ),
    serve(platform, recordMovement, (request) =>
      answered(ledger.execute({ type: 'record-movement', request }, request)),
    ),
    serve(platform, findNodes, async (request) => {
      const found = await ledger.read((state) => findNodesIn(state, request));
      if (isRefusal(found)) throw toRefusal(found);
      return found;
    }),
    serve(platform, factOutcomes, (request) => factReader.read(request)),
    serve(platform, heldBalancesAsked, async (request) => ledger.read((state) => heldBalances(state, request))),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function serve<Request extends TSchema>(
  platform: Platform,
  definition: CommandDefinition<string, Request>,
  handle: (request: Static<Request>) => Promise<object>,
): () => void {
  return platform.rpc.serve(rpcSubjectOf(definition.context, definition.name), ({ payload }) => {
    // No promise but the one that the handler gives: this is the path of every command.
    try {
      return handle(parseAs<Static<Request>>(definition.request, payload, definition.name));
    } catch (error) {
      return Promise.reject(error);
    }
  });
}

/**
 * The receipt of a return comes by another way than its disposition and may be late. The refusal of the ledger would be
 * the answer for ever, so this asks the sender to come again instead.
 * @throws {Obstacle} NOT_CAUGHT_UP
 */
async function assertReceived(ledger: Ledger, request: DisposeReturn, nowMs: number): Promise<void> {
  if (await ledger.knowsFact({ system: HUB_SYSTEM, eventId: request.commandId })) return;
  const decided = decideDisposeReturn(ledger.state, request, { nowMs, nextId: () => '' });
  if (!isRefusal(decided) || decided.code !== 'ILLEGAL_TRANSITION') return;
  throw new Obstacle('NOT_CAUGHT_UP', 'The receipt of these goods has not arrived here yet.', decided.details);
}
