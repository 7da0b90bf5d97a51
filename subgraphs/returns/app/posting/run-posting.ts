import { DomainError, Refusal } from '../../../../kernel/model/errors.ts';
import { parseAs } from '../../../../kernel/model/json-schema.ts';
import { changeCondition } from '../../../../schema/commands/inventory.ts';
import {
  postCreditNote,
  postJournal,
  type PostCreditNote,
  type PostedDocument,
  type PostJournal,
} from '../../../../schema/commands/journals.ts';
import type { OutboundCommand, Submission } from '../../../../connectors/outbound/port.ts';
import { sumOfBookings } from '../../domain/posting/bookings.ts';
import { costsMissing } from '../../domain/posting/plan-entries.ts';
import type { PostingEntry, PostingState, ShelfMove } from '../../domain/posting/posting-state.ts';
import { learnCosts, settleEntry, settleMove, type PostingOutcome } from '../../domain/posting/settle-posting.ts';
import { sendCommand } from '../send-command.ts';
import { changePosting } from './change-posting.ts';
import type { PostingParts } from './posting-parts.ts';

/** Begins the reference of a command of postings, which is followed by the return. */
export const POSTING_REF = 'return-postings:';
/** SKUs whose cost is asked for at a time; the port's limit of a look-up. */
const SKUS_PER_QUESTION_MAX = 200;

/**
 * Does what the books of a return wait for, as far as the ledger, the ERP and its queue answer; the rest is due again later. May
 * run in several processes at once and after a crash at any point: each step is repeated under its own id.
 */
export async function runPosting(parts: PostingParts, id: string): Promise<void> {
  for (let step = 0; step < parts.limits.stepsMax; step++) {
    const state = (await parts.postings.get(id))?.document;
    const work = state && nextWork(parts, state);
    if (!work) return;
    try {
      const change = await work();
      await changePosting(parts, id, (known) => known && { ...change(known), obstacles: 0 });
    } catch (error) {
      return postpone(parts, id, error);
    }
  }
}

/** What became of an entry that the queue of the ERP has, as the queue tells it. */
export async function askForEntry(parts: PostingParts, state: PostingState, entry: PostingEntry): Promise<void> {
  const outcome = outcomeOf(await parts.outbound.submit(commandOf(parts, state, entry)), entry);
  await settlePosting(parts, { state, entry, outcome });
}

export async function settlePosting(
  parts: PostingParts,
  {
    state,
    entry,
    outcome,
  }: { readonly state: PostingState; readonly entry: PostingEntry; readonly outcome: PostingOutcome },
): Promise<void> {
  const named = { entry: entry.id, attempt: entry.attempt };
  await changePosting(parts, state.id, (known) => known && settleEntry(known, named, outcome));
}

export function keyOf({ id, attempt }: Pick<PostingEntry, 'id' | 'attempt'>): string {
  return `${id}/${attempt}`;
}

type Change = (state: PostingState) => PostingState;

/** Goods first: what nobody has booked must not be sold. */
function nextWork(parts: PostingParts, state: PostingState): (() => Promise<Change>) | undefined {
  const move = state.moves.find(({ isDone }) => !isDone);
  if (move) return () => moveGoods(parts, state, move);
  const missing = costsMissing(state, parts.journal).slice(0, SKUS_PER_QUESTION_MAX);
  if (missing.length > 0) return () => askForCosts(parts, missing);
  const entry = state.entries.find(({ status }) => status === 'PLANNED');
  return entry && (() => handOver(parts, state, entry));
}

async function moveGoods(parts: PostingParts, state: PostingState, move: ShelfMove): Promise<Change> {
  const [from, to] =
    move.direction === 'HOLD' ? (['SELLABLE', 'QC_HOLD'] as const) : (['QC_HOLD', 'SELLABLE'] as const);
  const lines = move.lines.map((line, index) => ({ lineId: String(index + 1), ...line }));
  const request = { commandId: move.id, return: state.id, location: move.location, from, to, lines };
  await sendCommand(parts.returns, changeCondition, { request, correlationId: state.correlationId });
  return (known) => settleMove(known, move.id, null);
}

async function askForCosts({ journal }: PostingParts, skus: readonly string[]): Promise<Change> {
  const { currency, costs } = await journal.unitCosts(skus);
  return (known) => {
    // Another process may have asked meanwhile: what was learnt first stays.
    const still = skus.filter((sku) => known.costs?.bySku[sku] === undefined && !known.costs?.unknown.includes(sku));
    return learnCosts(known, { skus: still, currency, costs });
  };
}

async function handOver(parts: PostingParts, state: PostingState, entry: PostingEntry): Promise<Change> {
  const outcome = await submit(parts, state, entry);
  return (known) => settleEntry(known, { entry: entry.id, attempt: entry.attempt }, outcome);
}

/** What the queue itself refuses will not go through by being repeated. */
async function submit(parts: PostingParts, state: PostingState, entry: PostingEntry): Promise<PostingOutcome> {
  try {
    return outcomeOf(await parts.outbound.submit(commandOf(parts, state, entry)), entry);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: 'REFUSED', reason: error.message };
  }
}

function outcomeOf(submission: Submission, { kind }: PostingEntry): PostingOutcome {
  switch (submission.status) {
    case 'WAITING':
      return { status: 'QUEUED' };
    case 'REFUSED':
      return { status: 'REFUSED', reason: submission.message };
    case 'DONE': {
      const { reply, name } = kind === 'JOURNAL' ? postJournal : postCreditNote;
      return { status: 'POSTED', document: parseAs<PostedDocument>(reply, submission.result, name).document };
    }
  }
}

/** The books of a return go in their order, behind everything that customers wait for. */
function commandOf({ system }: PostingParts, state: PostingState, entry: PostingEntry): OutboundCommand {
  return {
    system,
    key: keyOf(entry),
    name: entry.kind === 'JOURNAL' ? postJournal.name : postCreditNote.name,
    lane: 'FINANCE',
    group: `returns:${state.id}`,
    ref: `${POSTING_REF}${state.id}`,
    payload: payloadOf(state, entry),
    correlationId: state.correlationId,
  };
}

/** Under the reference of the entry, whatever the attempt: the ERP holds one document of it. */
function payloadOf(state: PostingState, { id: reference, kind, currency, plannedAtMs, bookings }: PostingEntry) {
  const date = new Date(plannedAtMs).toISOString().slice(0, 'YYYY-MM-DD'.length);
  const about = { reference, date, currency, text: `Return ${state.number}` };
  if (kind === 'JOURNAL') return { ...about, bookings: [...bookings] } satisfies PostJournal;
  const lines = bookings.filter(({ account }) => account !== 'CUSTOMER_LIABILITY');
  return { ...about, totalMinor: sumOfBookings(lines), bookings: lines } satisfies PostCreditNote;
}

async function postpone(parts: PostingParts, id: string, error: unknown): Promise<void> {
  const { platform } = parts.returns;
  const { backoffMinMs, backoffMaxMs } = parts.limits;
  const reason = error instanceof DomainError ? error.message : String(error);
  platform.telemetry.count('return_postings_obstacles_total', { system: parts.system });
  platform.telemetry.log('warn', 'the books of a return have to wait', { return: id, reason });
  await changePosting(parts, id, (known) => {
    if (!known) return known;
    const waitMs = Math.min(backoffMaxMs, backoffMinMs * 2 ** Math.min(known.obstacles, 30));
    const move = known.moves.find(({ isDone }) => !isDone);
    const told = move ? settleMove(known, move.id, reason) : known;
    return { ...told, obstacles: known.obstacles + 1, dueAtMs: platform.clock.nowMs() + waitMs };
  });
}
