import { Refusal } from '../../../kernel/model/errors.ts';
import { parsePositiveQuantity } from '../../../kernel/model/quantity.ts';
import { readAgain, replayQuarantined } from '../../../schema/commands/inbox.ts';
import { discardCommand, replayCommand } from '../../../schema/commands/outbound.ts';
import { replayPostings } from '../../../schema/commands/return-postings.ts';
import type { ExceptionAction } from '../domain/exception-action.ts';
import type { ExceptionState } from '../domain/exception-state.ts';
import { ownershipRuleId } from '../domain/ownership-rule.ts';
import { adjustAtOwner } from './adjust-at-owner.ts';
import { askOwner } from './ask-owner.ts';
import { activateMapping, draftMapping, type MappingCaller } from './change-mapping.ts';
import type { OperationsParts } from './operations-parts.ts';
import { postStoreSales } from './sales-desk.ts';

interface Acting {
  readonly state: ExceptionState;
  readonly action: ExceptionAction;
  /** Who owns adjustments where it is; null: everybody does, or it is nowhere. */
  readonly owner: string | null;
}

type Perform = (parts: OperationsParts, caller: MappingCaller, acting: Acting) => Promise<string>;

const PERFORM: Readonly<Record<ExceptionAction['kind'], Perform>> = {
  REPLAY: replay,
  REMAP: remap,
  RESEQUENCE: resequence,
  ADJUST: adjust,
  WAIVE: waive,
};
/** How far before the exception the feeds are read again when nobody says. */
const RESEQUENCE_BEFORE_MS = 3_600_000;
const DECIMALS_MAX = 4;

/**
 * Does an action. Doing it again changes nothing more.
 * @returns what it came to, in words
 * @throws {Refusal} when it cannot be done
 * @throws {Obstacle} when who has to do it does not answer
 */
export function performAction(parts: OperationsParts, caller: MappingCaller, acting: Acting): Promise<string> {
  return PERFORM[acting.action.kind](parts, caller, acting);
}

async function replay(parts: OperationsParts, { correlationId }: MappingCaller, { state }: Acting): Promise<string> {
  const { subject } = state;
  const { rpc } = parts.platform;
  if (subject?.type === 'COMMAND') {
    const { system, key } = subject;
    const timeoutMs = parts.limits.askTimeoutMs;
    const { status } = await askOwner(rpc, replayCommand, { request: { system, key }, correlationId, timeoutMs });
    return `The command is ${status}.`;
  }
  if (subject?.type === 'SALES') {
    const { location, businessDay: day } = subject;
    const batches = await postStoreSales(parts, { location, day, correlationId });
    return `${batches} batches are handed over once more, and the day is compared again.`;
  }
  if (subject?.type === 'RETURN') {
    const request = { return: subject.return };
    const timeoutMs = parts.limits.askTimeoutMs;
    const { postings } = await askOwner(rpc, replayPostings, { request, correlationId, timeoutMs });
    return `${postings} postings are handed over once more.`;
  }
  if (subject?.type === 'EVENT') {
    await parts.platform.streams.replayDeadLetter(subject.stream, subject.durable, subject.seq);
    return 'The event is delivered again.';
  }
  if (subject === undefined || subject.type === 'CONSUMER')
    throw new Refusal('ILLEGAL_TRANSITION', 'Nothing of it can be read again.');
  // A schema that has changed holds up messages under exceptions of their own.
  const cause = state.class === 'SCHEMA_DRIFT' ? {} : { exceptionId: state.id };
  const request = { system: subject.system, ...cause };
  const timeoutMs = parts.limits.dryRunTimeoutMs;
  const { replayed, waiting } = await askOwner(rpc, replayQuarantined, { request, correlationId, timeoutMs });
  return `${replayed} messages were taken in, ${waiting} still wait.`;
}

/** What it means is said for all messages to come as well; those that wait are then read again by themselves. */
async function remap(parts: OperationsParts, caller: MappingCaller, { state, action }: Acting): Promise<string> {
  const { subject } = state;
  const { canonical } = action.detail;
  if (subject?.type !== 'UNMAPPED' || canonical === undefined) {
    throw new Refusal('BAD_USER_INPUT', 'REMAP needs to be told what the value means.', { field: 'canonical' });
  }
  const { system, domain, value: external } = subject;
  const { because } = action.asked;
  const draft = { system, domain, put: [{ external, canonical }], remove: [], isWhole: false, because };
  const { version } = await draftMapping(parts, caller, draft);
  await activateMapping(parts, caller, { system, domain, version: version.version, because });
  return `"${external}" means "${canonical}" since version ${version.version} of ${domain}.`;
}

async function resequence(
  parts: OperationsParts,
  { correlationId }: MappingCaller,
  { state, action }: Acting,
): Promise<string> {
  const fromMs = action.detail.fromAtMs ?? state.openedAtMs - RESEQUENCE_BEFORE_MS;
  const request = { system: state.source, fromAt: new Date(fromMs).toISOString() };
  const timeoutMs = parts.limits.askTimeoutMs;
  const { feeds } = await askOwner(parts.platform.rpc, readAgain, { request, correlationId, timeoutMs });
  if (feeds > 0) return `${feeds} feeds are read again.`;
  throw new Refusal('UPSTREAM_REJECTED', `${state.source} has no feed to read again.`, { system: state.source });
}

/** Whether it may be done, and the owner's part of it: the movement itself goes out with the save that ends the action. */
async function adjust(
  parts: OperationsParts,
  { correlationId }: MappingCaller,
  { state, action, owner }: Acting,
): Promise<string> {
  const { sku, location } = state;
  const { quantity } = action.detail;
  if (sku === null || location === null) {
    throw new Refusal('ILLEGAL_TRANSITION', 'The exception is not of one SKU at one location.');
  }
  if (quantity === undefined) throw new Refusal('BAD_USER_INPUT', 'ADJUST needs a quantity.', { field: 'quantity' });
  parsePositiveQuantity(quantity.replace(/^-/, ''), DECIMALS_MAX, 'quantity');
  if (owner === null) return `${quantity} of ${sku} at ${location} was posted.`;
  if (!parts.stockKeepers.systems.includes(owner)) {
    throw new Refusal('FORBIDDEN', `${owner} owns adjustments at ${location}: it has to be adjusted there.`, { owner });
  }
  const key = `${state.id}/${action.id}`;
  const decidedAtMs = action.asked.atMs;
  await adjustAtOwner(parts, { owner, key, sku, location, quantity, decidedAtMs, correlationId });
  return `${owner} has adjusted ${sku} at ${location} by ${quantity}.`;
}

/** As I44 wants it: who does not own a quantity does not write it, people at the hub included. */
export async function adjustmentOwner({ store }: OperationsParts, location: string | null): Promise<string | null> {
  for (const at of [location, null]) {
    const id = ownershipRuleId({ domain: 'STOCK', quantity: 'ADJUSTMENT', location: at });
    const rule = await store.ownershipRules.get(id);
    if (rule) return rule.document.writerSystem;
  }
  return null;
}

/** A command that is waived is given up for good, so that its sender hears of it. */
async function waive(parts: OperationsParts, { correlationId }: MappingCaller, { state }: Acting): Promise<string> {
  if (state.subject?.type === 'EVENT') {
    const { stream, durable, seq } = state.subject;
    await parts.platform.streams.discardDeadLetter(stream, durable, seq);
    return 'The event is given up for good.';
  }
  if (state.subject?.type !== 'COMMAND') return 'It is accepted as it is.';
  const { system, key } = state.subject;
  const timeoutMs = parts.limits.askTimeoutMs;
  const { status } = await askOwner(parts.platform.rpc, discardCommand, {
    request: { system, key },
    correlationId,
    timeoutMs,
  });
  return `The command is ${status}.`;
}
