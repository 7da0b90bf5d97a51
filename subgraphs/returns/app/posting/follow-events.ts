import type { EventEnvelope } from '../../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../../kernel/model/read-told.ts';
import { returnChargeChanged, returnDisposed, returnRefundChanged } from '../../../../schema/events/returns.ts';
import { followCharge, followDisposal, followRefund, type RefundKnown } from '../../domain/posting/follow-return.ts';
import { newPostingState, type PostingState } from '../../domain/posting/posting-state.ts';
import type { ReturnState } from '../../domain/return-state.ts';
import { changePosting } from './change-posting.ts';
import type { PostingParts } from './posting-parts.ts';

/** What the books follow. */
export const FOLLOWED: readonly string[] = [returnDisposed.type, returnRefundChanged.type, returnChargeChanged.type];

/** Begins the names of the channels of stores. */
const STORE_CHANNEL = 'STORE:';

/** Takes in what a return tells. Told again, it changes nothing. @returns the return */
export async function followEvent(parts: PostingParts, envelope: EventEnvelope): Promise<string> {
  const { id, order, follow } = read(envelope);
  const told = (await parts.returns.store.returns.get(id))?.document;
  const fresh = told && newStateOf(parts, told, envelope);
  await changePosting(parts, id, (known) => {
    const state = known ?? fresh;
    return state && withOrder(follow(state, told), order);
  });
  return id;
}

interface Read {
  readonly id: string;
  readonly order: string | null;
  readonly follow: (state: PostingState, about: ReturnState | undefined) => PostingState;
}

function read(envelope: EventEnvelope): Read {
  const told = { eventId: envelope.id, atMs: Date.parse(envelope.recordedAt) };
  switch (envelope.type) {
    case returnDisposed.type: {
      const event = readEvent(returnDisposed, envelope);
      return { id: event.return, order: event.order, follow: (state) => followDisposal(state, told, event) };
    }
    case returnRefundChanged.type: {
      const event = readEvent(returnRefundChanged, envelope);
      const follow: Read['follow'] = (state, about) =>
        followRefund(state, { ...told, about: refundOf(about, event.refund) }, event);
      return { id: event.return, order: event.order, follow };
    }
    default: {
      const event = readEvent(returnChargeChanged, envelope);
      return { id: event.return, order: event.order, follow: (state) => followCharge(state, told, event) };
    }
  }
}

/** The sale of a blind return may be found later. */
function withOrder(state: PostingState, order: string | null): PostingState {
  return order === null || state.order === order ? state : { ...state, order };
}

/** What is newer than the event is told by a later one as well. */
function refundOf(told: ReturnState | undefined, id: string): RefundKnown {
  const progress = told?.refunds.find((refund) => refund.id === id)?.progress;
  const replaces = told?.refunds.find(({ replacedBy }) => replacedBy === id)?.id;
  return {
    ...(progress && { succeededMinor: progress.succeededMinor }),
    ...(replaces !== undefined && { replaces }),
  };
}

function newStateOf(
  { takesSales }: PostingParts,
  { id, number, order, origin }: ReturnState,
  { correlationId }: EventEnvelope,
): PostingState {
  const isOfTill = takesSales && origin?.channel.startsWith(STORE_CHANNEL) === true;
  return newPostingState({ id, number, order, correlationId, isOfTill });
}
