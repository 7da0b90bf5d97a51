import { DomainError, Obstacle, Refusal } from '../../../kernel/model/errors.ts';
import type { OutboxEvent } from '../../../kernel/ports/documents.ts';
import { stockAdjusted } from '../../../schema/events/inbox.ts';
import { exceptionActed } from '../../../schema/events/operations.ts';
import { publicationOf } from '../../../schema/events/publication.ts';
import {
  agreeToAction,
  askAction,
  endAction,
  findAction,
  type ActionDetail,
  type ActionKind,
} from '../domain/exception-action.ts';
import { isClosed, type ExceptionState } from '../domain/exception-state.ts';
import type { Deed } from '../domain/mapping-set.ts';
import { changeException, known } from './change-exception.ts';
import type { MappingCaller } from './change-mapping.ts';
import type { ExceptionOutcome } from './handle-exception.ts';
import type { OperationsParts } from './operations-parts.ts';
import { adjustmentOwner, performAction } from './perform-action.ts';

export interface ActInput {
  readonly exception: string;
  /** ERASE is done by itself, about no exception. */
  readonly kind: ActionKind | 'ERASE';
  readonly detail: ActionDetail;
  /** The same key is the same action, however often it is asked for. */
  readonly key: string;
  readonly because: string;
}

const KEY_LENGTH_MAX = 100;
const REASON_LENGTH_MAX = 1_000;
const OUTCOME_LENGTH_MAX = 1_000;

/**
 * Does something about an exception, or proposes it where the value at risk is above the limit. An action that met an
 * obstacle, or whose process died, goes on when it is asked for again under its key.
 * @throws {Refusal} UNKNOWN_EXCEPTION, ILLEGAL_TRANSITION, IDEMPOTENCY_KEY_REUSED, BAD_USER_INPUT
 * @throws {Obstacle} when who has to do it does not answer
 */
export async function actOnException(
  parts: OperationsParts,
  caller: MappingCaller,
  input: ActInput,
): Promise<ExceptionOutcome> {
  assertLength('idempotencyKey', input.key, KEY_LENGTH_MAX);
  const { kind, detail, key: id } = input;
  if (kind === 'ERASE') throw new Refusal('ILLEGAL_TRANSITION', 'ERASE does nothing about an exception.');
  const asked = deedOf(parts, caller, input.because);
  const state = await changeException(
    parts,
    input.exception,
    (before) => {
      const found = known(before, input.exception);
      const needsFourEyes = (found.valueAtRisk?.amountMinor ?? 0) > parts.limits.fourEyesAboveMinor;
      return askAction(found, { id, kind, detail, asked, needsFourEyes });
    },
    (after) => told(parts, caller, { state: after, id, deed: asked }),
  );
  return goOn(parts, caller, { state, id });
}

/**
 * Accepts an exception as it is. One that is closed already stays as it is.
 * @throws as `actOnException`
 */
export async function waiveException(
  parts: OperationsParts,
  caller: MappingCaller,
  { exception: id, ...input }: { readonly exception: string; readonly key: string; readonly because: string },
): Promise<ExceptionOutcome> {
  assertLength('reason', input.because, REASON_LENGTH_MAX);
  const found = known((await parts.store.exceptions.get(id))?.document, id);
  if (isClosed(found)) return { exception: found, changeCursor: await parts.log.headCursor() };
  return actOnException(parts, caller, { exception: id, kind: 'WAIVE', detail: {}, ...input });
}

/**
 * Agrees to what somebody else proposed, which is then done, or declines it.
 * @throws {Refusal} UNKNOWN_EXCEPTION, FORBIDDEN to the one who proposed it, ILLEGAL_TRANSITION, BAD_USER_INPUT
 */
export async function agreeToExceptionAction(
  parts: OperationsParts,
  caller: MappingCaller,
  input: { readonly exception: string; readonly key: string; readonly isApproved: boolean; readonly because: string },
): Promise<ExceptionOutcome> {
  const { exception, key: id, isApproved } = input;
  const agreed = deedOf(parts, caller, input.because);
  const state = await changeException(
    parts,
    exception,
    (before) => agreeToAction(known(before, exception), { id, agreed, isApproved }),
    (after) => told(parts, caller, { state: after, id, deed: agreed }),
  );
  return goOn(parts, caller, { state, id });
}

/** Does what is decided. A refusal is its end; an obstacle leaves it to be asked for again. */
async function goOn(
  parts: OperationsParts,
  caller: MappingCaller,
  { state, id }: { readonly state: ExceptionState; readonly id: string },
): Promise<ExceptionOutcome> {
  const action = findAction(state, id);
  if (action?.status !== 'STARTED') return { exception: state, changeCursor: await parts.log.headCursor() };
  const owner = action.kind === 'ADJUST' ? await adjustmentOwner(parts, state.location) : null;
  const ended = await tryAction(parts, caller, { state, action, owner });
  const atMs = parts.platform.clock.nowMs();
  const exception = await changeException(
    parts,
    state.id,
    (before) => endAction(known(before, state.id), { id, ...ended, atMs }),
    (after) => [
      ...told(parts, caller, { state: after, id, deed: { ...action.asked, atMs, by: caller.identity.subject } }),
      ...(ended.status === 'DONE' ? adjustment(parts, caller, { state, action, owner, atMs }) : []),
    ],
  );
  return { exception, changeCursor: await parts.log.headCursor() };
}

async function tryAction(
  parts: OperationsParts,
  caller: MappingCaller,
  acting: Parameters<typeof performAction>[2],
): Promise<{ readonly status: 'DONE' | 'FAILED'; readonly outcome: string }> {
  try {
    return { status: 'DONE', outcome: (await performAction(parts, caller, acting)).slice(0, OUTCOME_LENGTH_MAX) };
  } catch (error) {
    if (!(error instanceof DomainError) || error instanceof Obstacle) throw error;
    return { status: 'FAILED', outcome: error.message.slice(0, OUTCOME_LENGTH_MAX) };
  }
}

/**
 * The movement goes out with the save that ends the action, under an id of its own: once, and never without it. What its
 * owner has adjusted is the owner's, which does not tell it a second time.
 */
function adjustment(
  { platform }: OperationsParts,
  { correlationId }: MappingCaller,
  { state, action, owner, atMs }: Parameters<typeof performAction>[2] & { readonly atMs: number },
): readonly OutboxEvent[] {
  const { sku, location } = state;
  const { quantity } = action.detail;
  if (action.kind !== 'ADJUST' || sku === null || location === null || quantity === undefined) return [];
  const id = `${state.id}/${action.id}`;
  const source =
    owner === null ? { system: 'operations', eventId: id } : { system: owner, eventId: `operations/${id}` };
  const lines = [{ lineId: '1', sku, quantity, reason: 'SYSTEM_RECONCILE' as const }];
  return [
    publicationOf(stockAdjusted, {
      id: platform.ids.next(),
      key: location,
      source,
      occurredAtMs: atMs,
      recordedAtMs: atMs,
      correlationId,
      data: { location, lines },
    }),
  ];
}

function told(
  { platform }: OperationsParts,
  { correlationId }: MappingCaller,
  { state, id, deed }: { readonly state: ExceptionState; readonly id: string; readonly deed: Deed },
): readonly OutboxEvent[] {
  const action = findAction(state, id);
  if (!action) return [];
  const eventId = platform.ids.next();
  return [
    publicationOf(exceptionActed, {
      id: eventId,
      key: state.id,
      source: { system: 'operations', eventId },
      occurredAtMs: deed.atMs,
      recordedAtMs: deed.atMs,
      correlationId,
      data: {
        exception: state.id,
        action: id,
        kind: action.kind,
        status: action.status,
        by: deed.by,
        because: deed.because,
        outcome: action.outcome,
      },
    }),
  ];
}

function deedOf({ platform }: OperationsParts, { identity }: MappingCaller, because: string): Deed {
  assertLength('reason', because, REASON_LENGTH_MAX);
  return { atMs: platform.clock.nowMs(), by: identity.subject, because };
}

function assertLength(field: string, text: string, max: number): void {
  if (text.trim().length >= 1 && text.length <= max) return;
  throw new Refusal('BAD_USER_INPUT', `${field} must be 1 to ${max} characters.`, { field, max });
}
