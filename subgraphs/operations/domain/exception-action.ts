import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { ExceptionClass } from '../../../schema/events/fields.ts';
import { isClosed, type ExceptionState } from './exception-state.ts';
import type { Deed } from './mapping-set.ts';

export type ActionKind = 'REPLAY' | 'REMAP' | 'RESEQUENCE' | 'ADJUST' | 'WAIVE';

/** What an action needs beside its kind. JSON data. */
export interface ActionDetail {
  /** Of REMAP: what the value means. */
  readonly canonical?: string;
  /** Of RESEQUENCE: from when on the feeds of the system are read again. */
  readonly fromAtMs?: number;
  /** Of ADJUST: what is added; negative takes away. */
  readonly quantity?: string;
}

/** PROPOSED: somebody else has to agree. STARTED: decided, and being done. */
export type ActionStatus = 'PROPOSED' | 'STARTED' | 'DONE' | 'FAILED' | 'DECLINED';

/** Something that a person does about an exception. JSON data. */
export interface ExceptionAction {
  /** The idempotency key. */
  readonly id: string;
  readonly kind: ActionKind;
  readonly detail: ActionDetail;
  readonly status: ActionStatus;
  readonly asked: Deed;
  /** Who else agreed or declined; null where nobody else had to. */
  readonly agreed: Deed | null;
  /** What it came to, in words; null until it has. */
  readonly outcome: string | null;
}

/** Actions that one exception remembers; those that have ended go first. */
export const ACTIONS_MAX = 100;

const WAIVE_ALONE: readonly ActionKind[] = ['WAIVE'];
const OF_MESSAGES: readonly ActionKind[] = ['REPLAY', 'WAIVE'];
const OF_STOCK: readonly ActionKind[] = ['ADJUST', 'WAIVE'];
const OF_GAPS: readonly ActionKind[] = ['RESEQUENCE', 'ADJUST', 'WAIVE'];

const POSSIBLE: Readonly<Record<ExceptionClass, readonly ActionKind[]>> = {
  OVERSOLD: WAIVE_ALONE,
  NEGATIVE_STOCK: OF_STOCK,
  NETWORK_SHORTAGE: WAIVE_ALONE,
  COUNT_VARIANCE: OF_STOCK,
  BALANCE_VARIANCE: OF_GAPS,
  FOREIGN_WRITE: OF_STOCK,
  UNKNOWN_CODE: WAIVE_ALONE,
  SEQUENCE_GAP: ['RESEQUENCE', 'WAIVE'],
  DUPLICATE_CONFLICT: WAIVE_ALONE,
  TRACKING_MISMATCH: WAIVE_ALONE,
  MASTER_DATA_REFUSED: WAIVE_ALONE,
  UNMAPPED_VALUE: ['REPLAY', 'REMAP', 'WAIVE'],
  UNREADABLE_MESSAGE: OF_MESSAGES,
  SCHEMA_DRIFT: OF_MESSAGES,
  COMMAND_GIVEN_UP: OF_MESSAGES,
  SYSTEM_STALLED: WAIVE_ALONE,
  SOURCING_GIVEN_UP: WAIVE_ALONE,
  WORK_IDLE: WAIVE_ALONE,
  ACKNOWLEDGEMENT_DUE: WAIVE_ALONE,
  MARKETPLACE_REFUSED: WAIVE_ALONE,
  MARKETPLACE_ORDER_UNCLAIMED: WAIVE_ALONE,
  RELEASE_DUE: WAIVE_ALONE,
  SHIPMENT_DUE: WAIVE_ALONE,
  PROMISE_DUE: WAIVE_ALONE,
  STATUS_REGRESSION: WAIVE_ALONE,
  PAYMENT_MISMATCH: WAIVE_ALONE,
  CHARGEBACK: WAIVE_ALONE,
  HOLD_BREACHED: WAIVE_ALONE,
  COMMAND_REFUSED: WAIVE_ALONE,
  TRACKING_REFUSED: WAIVE_ALONE,
  REFUND_FAILED: WAIVE_ALONE,
  CLAIM_LOST: WAIVE_ALONE,
  FACT_REFUSED: WAIVE_ALONE,
  ORDER_STUCK: WAIVE_ALONE,
  LABEL_REFUSED: WAIVE_ALONE,
  PICKUP_EXPIRING: WAIVE_ALONE,
  CAPACITY_LOST: WAIVE_ALONE,
  SALES_VARIANCE: OF_MESSAGES,
  POSTING_FAILED: OF_MESSAGES,
  EVENT_GIVEN_UP: OF_MESSAGES,
  EVENTS_STALLED: WAIVE_ALONE,
};

export function possibleActions(state: ExceptionState): readonly ActionKind[] {
  return isClosed(state) ? [] : POSSIBLE[state.class];
}

export function findAction(state: ExceptionState, id: string): ExceptionAction | undefined {
  return state.actions?.find((action) => action.id === id);
}

export interface Asking {
  readonly id: string;
  readonly kind: ActionKind;
  readonly detail: ActionDetail;
  readonly asked: Deed;
  /** The value at risk is above the limit: another person has to agree. */
  readonly needsFourEyes: boolean;
}

/** Asks for an action. The same under the same key changes nothing; another under it is refused. */
export function askAction(state: ExceptionState, asking: Asking): ExceptionState | RefusalValue {
  const { id, kind, detail, asked, needsFourEyes } = asking;
  const known = findAction(state, id);
  if (known) {
    const isSame = known.kind === kind && JSON.stringify(known.detail) === JSON.stringify(detail);
    return isSame
      ? state
      : refuse('IDEMPOTENCY_KEY_REUSED', 'The key stands for another action.', { exception: state.id });
  }
  if (isClosed(state)) {
    return refuse('ILLEGAL_TRANSITION', 'The exception is closed.', { exception: state.id, status: state.status });
  }
  if (!POSSIBLE[state.class].includes(kind)) {
    return refuse('ILLEGAL_TRANSITION', `${kind} does nothing about ${state.class}.`, {
      exception: state.id,
      possible: POSSIBLE[state.class],
    });
  }
  const status = needsFourEyes ? 'PROPOSED' : 'STARTED';
  const action: ExceptionAction = { id, kind, detail, status, asked, agreed: null, outcome: null };
  // Somebody sees to it.
  const { escalateAtMs: _, ...rest } = state;
  return { ...rest, actions: bounded([...(state.actions ?? []), action]), changedAtMs: asked.atMs };
}

/** Somebody else agrees to an action, or does not. The same once more changes nothing. */
export function agreeToAction(
  state: ExceptionState,
  { id, agreed, isApproved }: { readonly id: string; readonly agreed: Deed; readonly isApproved: boolean },
): ExceptionState | RefusalValue {
  const known = findAction(state, id);
  if (!known) return refuse('BAD_USER_INPUT', `The exception has no action ${id}.`, { exception: state.id, id });
  if (known.status !== 'PROPOSED') {
    if (known.agreed?.by === agreed.by) return state;
    return refuse('ILLEGAL_TRANSITION', 'The action does not wait for anybody.', { exception: state.id, id });
  }
  if (known.asked.by === agreed.by) {
    return refuse('FORBIDDEN', 'Above the limit somebody else has to agree.', { exception: state.id, id });
  }
  const action: ExceptionAction = isApproved
    ? { ...known, status: 'STARTED', agreed }
    : { ...known, status: 'DECLINED', agreed, outcome: agreed.because };
  return replaced(state, action, agreed.atMs);
}

/** What an action came to. One that has ended stays as it is. */
export function endAction(
  state: ExceptionState,
  ended: { readonly id: string; readonly status: 'DONE' | 'FAILED'; readonly outcome: string; readonly atMs: number },
): ExceptionState {
  const known = findAction(state, ended.id);
  if (known?.status !== 'STARTED') return state;
  const { status, outcome, atMs } = ended;
  const told = replaced(state, { ...known, status, outcome }, atMs);
  const closes = status === 'DONE' && (known.kind === 'WAIVE' || known.kind === 'ADJUST');
  if (!closes || isClosed(told)) return told;
  const closing = { atMs, by: known.asked.by, because: known.asked.because };
  const { escalateAtMs: _, ...rest } = told;
  return { ...rest, status: known.kind === 'WAIVE' ? 'WAIVED' : 'RESOLVED', closing };
}

function replaced(state: ExceptionState, action: ExceptionAction, changedAtMs: number): ExceptionState {
  const actions = (state.actions ?? []).map((each) => (each.id === action.id ? action : each));
  return { ...state, actions, changedAtMs };
}

function bounded(actions: readonly ExceptionAction[]): readonly ExceptionAction[] {
  if (actions.length <= ACTIONS_MAX) return actions;
  const oldest = actions.findIndex(({ status }) => status !== 'PROPOSED' && status !== 'STARTED');
  return actions.filter((_, index) => index !== Math.max(0, oldest));
}
