import { isRefusal, toRefusal, type RefusalValue } from '../../../kernel/model/errors.ts';
import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import type { Versioned } from '../../../kernel/ports/documents.ts';
import type { Change, ReturnLine, ReturnState } from '../domain/return-state.ts';
import { inPresentForm } from '../domain/present-form.ts';
import { publicationsOf } from './return-publications.ts';
import type { ReturnsParts } from './returns-parts.ts';

/**
 * Saves a change of what was read, together with what others are told of it.
 * @throws {DocumentConflict} when somebody else has saved it meanwhile
 */
export async function saveReturn(
  { platform, store }: ReturnsParts,
  change: Change,
  previous: Versioned<ReturnState> | undefined,
): Promise<Versioned<ReturnState>> {
  const document = { ...withWork(change.state), changedAtMs: platform.clock.nowMs() };
  const outbox = publicationsOf(platform, { ...change, state: document }, previous && inPresentForm(previous.document));
  return { document, version: await store.returns.save(document, previous?.version ?? 0, outbox) };
}

/** Goods that lie in the inspection bucket are work: of several locations, for the one where they wait longest. */
function withWork({ workSinceMs: _since, workLocation: _place, ...state }: ReturnState): ReturnState {
  const waiting = state.lines.filter(({ status }) => status === 'RECEIVED' || status === 'INSPECTED');
  const sinceOf = ({ receivedAtMs }: ReturnLine): number => receivedAtMs ?? state.openedAtMs;
  const [first] = waiting.toSorted((a, b) => sinceOf(a) - sinceOf(b));
  const workLocation = first?.location ?? state.location;
  if (!first || workLocation === null) return state;
  return { ...state, workLocation, workSinceMs: sinceOf(first) };
}

/**
 * Decides on the return as it is now and saves; decides anew when somebody else was quicker. A decision that changes
 * nothing saves nothing.
 * @returns undefined when there is no such return
 * @throws {Refusal} what `decide` refused
 */
export async function changeReturn(
  parts: ReturnsParts,
  id: string,
  decide: (state: ReturnState, version: number) => Change | RefusalValue,
): Promise<Versioned<ReturnState> | undefined> {
  for (let attempt = 1; ; attempt++) {
    const current = await parts.store.returns.get(id);
    if (!current) return undefined;
    const present = inPresentForm(current.document);
    const change = decide(present, current.version);
    if (isRefusal(change)) throw toRefusal(change);
    if (change.state === present) return current;
    try {
      return await saveReturn(parts, change, current);
    } catch (error) {
      if (!(error instanceof DocumentConflict) || attempt >= parts.limits.saveAttemptsMax) throw error;
    }
  }
}
