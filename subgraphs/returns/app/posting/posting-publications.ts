import type { OutboxEvent } from '../../../../kernel/ports/documents.ts';
import { publicationOf } from '../../../../schema/events/publication.ts';
import type { EventDefinition } from '../../../../schema/events/event-definition.ts';
import type { DataOf } from '../../../../schema/events/event-definition.ts';
import { returnPostingFailed, returnPostingRecovered } from '../../../../schema/events/return-postings.ts';
import { returnStepTaken, type ReturnStepTaken } from '../../../../schema/events/returns.ts';
import { debitsOf, mergeBookings } from '../../domain/posting/bookings.ts';
import {
  hasFailed,
  isLive,
  type PostingEntry,
  type PostingState,
  type ShelfMove,
} from '../../domain/posting/posting-state.ts';
import type { PostingParts } from './posting-parts.ts';

const SUMMARY_LENGTH_MAX = 1_000;

/** What others are told with a save: each step on the timeline of the order, and people of what fails and no longer does. */
export function postingPublications(
  parts: PostingParts,
  state: PostingState,
  previous: PostingState | undefined,
): { readonly state: PostingState; readonly outbox: readonly OutboxEvent[] } {
  const failed = state.entries.filter((entry) => isLive(entry) && hasFailed(entry));
  const toldFailing = failed.map(({ id, attempt, status }) => `${id}/${attempt}/${status}`).join(' ');
  const steps = stepsBetween(previous, state).map((step) => eventOf(parts, state, returnStepTaken, step));
  const told = { ...state, toldFailing };
  if (toldFailing === state.toldFailing) return { state: told, outbox: steps };
  const isMending = failed.length === 0;
  // What is handed over once more may fail again, and is told when it is through.
  if (isMending && state.entries.some(isUnderWay)) return { state, outbox: steps };
  return { state: told, outbox: [...steps, isMending ? recovered(parts, state) : failing(parts, state, failed)] };
}

const isUnderWay = ({ status }: PostingEntry): boolean => status === 'PLANNED' || status === 'QUEUED';

/** What stands for none. Source: ISO 4217 */
const NO_CURRENCY = 'XXX';

function failing(parts: PostingParts, state: PostingState, failed: readonly PostingEntry[]): OutboxEvent {
  const [first] = failed;
  const { currency = NO_CURRENCY } = failed.find((entry) => entry.currency !== '') ?? {};
  const amountMinor = debitsOf(mergeBookings(...failed.filter((each) => each.currency === currency).map(bookingsOf)));
  const held = state.moves.find(({ direction }) => direction === 'HOLD');
  const reasons = [...new Set(failed.map(({ reason }) => reason ?? ''))].join(' ');
  const summary = `Return ${state.number} is not in the books of ${parts.system}: ${reasons}`;
  return eventOf(parts, state, returnPostingFailed, {
    exceptionId: exceptionIdOf(state),
    return: state.id,
    order: state.order,
    ...(held && { location: held.location }),
    system: parts.system,
    evidence: first?.id ?? state.id,
    amount: { amountMinor, currencyCode: currency },
    summary: summary.slice(0, SUMMARY_LENGTH_MAX),
  });
}

function recovered(parts: PostingParts, state: PostingState): OutboxEvent {
  const data = { exceptionId: exceptionIdOf(state), because: 'The books have it.' };
  return eventOf(parts, state, returnPostingRecovered, data);
}

const exceptionIdOf = ({ id }: PostingState): string => `posting-${id}`;
const bookingsOf = ({ bookings }: PostingEntry) => bookings;

/** Steps belong to the timeline of an order; a blind return has none. */
function stepsBetween(previous: PostingState | undefined, state: PostingState): readonly ReturnStepTaken[] {
  const { order } = state;
  if (order === null) return [];
  const before = new Map(previous?.entries.map((entry) => [entry.id, entry]));
  const moved = new Map(previous?.moves.map((move) => [move.id, move]));
  return [
    ...state.entries.flatMap((entry) => entryStep(state, entry, before.get(entry.id)) ?? []),
    ...state.moves.flatMap((move) =>
      move.isDone && moved.get(move.id)?.isDone !== true ? [moveStep(state, move)] : [],
    ),
  ].map((step) => ({ ...step, return: state.id, order }));
}

type StepOfPosting = Omit<ReturnStepTaken, 'return' | 'order'>;

function entryStep(
  state: PostingState,
  entry: PostingEntry,
  before: PostingEntry | undefined,
): StepOfPosting | undefined {
  if (before?.status === entry.status && before.attempt === entry.attempt) return undefined;
  const what = entry.kind === 'CREDIT_NOTE' ? 'A credit note' : 'An entry';
  const about = { source: 'returns', evidence: entry.id, location: null, lines: linesOf(state, entry) };
  if (entry.status === 'POSTED') {
    return { ...about, step: 'POSTED', summary: `${what} of the return was posted: ${entry.document ?? ''}.` };
  }
  if (!hasFailed(entry)) return undefined;
  return { ...about, step: 'POSTING_FAILED', summary: `${what} of the return was not posted: ${entry.reason ?? ''}` };
}

function moveStep(state: PostingState, { direction, location, id }: ShelfMove): StepOfPosting {
  const about = { source: 'returns', evidence: id, location, lines: [] };
  return direction === 'HOLD'
    ? { ...about, step: 'GOODS_HELD', summary: `Goods of return ${state.number} are held: the books do not follow.` }
    : { ...about, step: 'GOODS_RELEASED', summary: `Goods of return ${state.number} are for sale again.` };
}

function linesOf({ goods }: PostingState, { covers }: PostingEntry): ReturnStepTaken['lines'] {
  const lines = goods.filter(({ eventId }) => covers.includes(eventId)).flatMap((moved) => moved.lines);
  return lines.flatMap(({ orderLine, sku, quantity, disposition }) =>
    orderLine === null ? [] : [{ orderLine, sku, quantity, disposition }],
  );
}

function eventOf<Definition extends EventDefinition>(
  { returns: { platform } }: PostingParts,
  { id: key, correlationId }: PostingState,
  definition: Definition,
  data: DataOf<Definition>,
): OutboxEvent {
  const id = platform.ids.next();
  const nowMs = platform.clock.nowMs();
  const source = { system: 'returns', eventId: id };
  const told = { id, key, source, occurredAtMs: nowMs, recordedAtMs: nowMs, correlationId, data };
  return publicationOf(definition, told);
}
