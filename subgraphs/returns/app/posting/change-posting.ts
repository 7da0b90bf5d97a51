import { DocumentConflict } from '../../../../kernel/ports/document-errors.ts';
import { costsMissing, planEntries } from '../../domain/posting/plan-entries.ts';
import { planMoves } from '../../domain/posting/plan-moves.ts';
import type { PostingState } from '../../domain/posting/posting-state.ts';
import { postingPublications } from './posting-publications.ts';
import type { PostingParts } from './posting-parts.ts';

/**
 * Changes how the books follow a return as it is by then, plans what follows from it, and saves both with what others are told;
 * anew when somebody else was quicker. A change that changes nothing saves nothing.
 * @param change undefined where there is nothing to change
 */
export async function changePosting(
  parts: PostingParts,
  id: string,
  change: (known: PostingState | undefined) => PostingState | undefined,
): Promise<PostingState | undefined> {
  const { postings, returns } = parts;
  for (let attempt = 1; ; attempt++) {
    const known = await postings.get(id);
    const changed = change(known?.document);
    if (!changed || changed === known?.document) return changed;
    const { state, outbox } = postingPublications(parts, plan(parts, changed), known?.document);
    try {
      await postings.save(state, known?.version ?? 0, outbox);
      return state;
    } catch (error) {
      if (!(error instanceof DocumentConflict) || attempt >= returns.limits.saveAttemptsMax) throw error;
    }
  }
}

/** Durable before it is begun, so that it goes on after a crash: what waits for this process is due. */
function plan({ returns, journal }: PostingParts, state: PostingState): PostingState {
  const nowMs = returns.platform.clock.nowMs();
  const planned = planMoves(planEntries(state, { takesValuation: journal.takesValuation, nowMs }));
  const { dueAtMs = nowMs, ...rest } = planned;
  return isAtWork(planned, journal) ? { ...rest, dueAtMs } : { ...rest, obstacles: 0 };
}

function isAtWork(state: PostingState, { takesValuation }: PostingParts['journal']): boolean {
  const { moves, entries } = state;
  const isOpen = moves.some(({ isDone }) => !isDone) || entries.some(({ status }) => status === 'PLANNED');
  return isOpen || costsMissing(state, { takesValuation }).length > 0;
}
