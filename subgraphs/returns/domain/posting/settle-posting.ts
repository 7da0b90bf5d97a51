import { hasFailed, type PostingEntry, type PostingState } from './posting-state.ts';

/** What became of handing an entry to the ERP. */
export type PostingOutcome =
  | { readonly status: 'QUEUED' }
  | { readonly status: 'POSTED'; readonly document: string }
  | { readonly status: 'REFUSED' | 'GIVEN_UP'; readonly reason: string };

/** An answer to an attempt that is over already changes nothing. */
export function settleEntry(
  state: PostingState,
  { entry: id, attempt }: { readonly entry: string; readonly attempt: number },
  outcome: PostingOutcome,
): PostingState {
  const known = state.entries.find((entry) => entry.id === id);
  if (!known || known.attempt !== attempt || !isOpen(known)) return state;
  const settled = settledAs(known, outcome);
  if (settled === known) return state;
  return { ...state, entries: state.entries.map((entry) => (entry === known ? settled : entry)) };
}

/** An entry that was given up is in the ERP's queue, and may come back by a person's decision. */
const isOpen = ({ status }: PostingEntry): boolean =>
  status === 'PLANNED' || status === 'QUEUED' || status === 'GIVEN_UP';

function settledAs(entry: PostingEntry, outcome: PostingOutcome): PostingEntry {
  switch (outcome.status) {
    case 'QUEUED':
      // What the queue told meanwhile is newer.
      return entry.status === 'PLANNED' ? { ...entry, status: 'QUEUED', reason: null } : entry;
    case 'POSTED':
      return { ...entry, status: 'POSTED', document: outcome.document, isHeld: false, reason: null };
    case 'REFUSED':
    case 'GIVEN_UP': {
      const { status, reason } = outcome;
      return { ...entry, status, reason, isHeld: entry.subject === 'GOODS' };
    }
  }
}

export function settleMove(state: PostingState, id: string, reason: string | null): PostingState {
  const moves = state.moves.map((move) => (move.id === id ? { ...move, isDone: reason === null, reason } : move));
  return { ...state, moves };
}

/** What the ERP said of costs that were asked for. */
export function learnCosts(
  state: PostingState,
  {
    skus,
    currency,
    costs,
  }: {
    readonly skus: readonly string[];
    readonly currency: string;
    readonly costs: ReadonlyMap<string, number>;
  },
): PostingState {
  const learnt = skus.flatMap((sku) => {
    const cost = costs.get(sku);
    return cost === undefined ? [] : [[sku, cost] as const];
  });
  const bySku = { ...state.costs?.bySku, ...Object.fromEntries(learnt) };
  const unknown = [...(state.costs?.unknown ?? []), ...skus.filter((sku) => !costs.has(sku))];
  return { ...state, costs: { currency, bySku, unknown } };
}

/**
 * Has everything that was refused handed over once more, after whatever was wrong was mended.
 * @returns how many; what was given up waits in the ERP's queue and is named
 */
export function replayEntries(state: PostingState): {
  readonly state: PostingState;
  readonly replayed: number;
  readonly givenUp: readonly PostingEntry[];
} {
  const failed = state.entries.filter(hasFailed);
  const refused = failed.filter(({ status }) => status === 'REFUSED');
  const entries = state.entries.map((entry): PostingEntry => {
    // One of nothing is replaced once the costs are known, which are asked for anew.
    if (!refused.includes(entry) || entry.bookings.length === 0) return entry;
    return { ...entry, status: 'PLANNED', attempt: entry.attempt + 1, reason: null };
  });
  const costs = state.costs && { ...state.costs, unknown: [] };
  const givenUp = failed.filter(({ status }) => status === 'GIVEN_UP');
  return { state: { ...state, entries, costs }, replayed: refused.length, givenUp };
}
