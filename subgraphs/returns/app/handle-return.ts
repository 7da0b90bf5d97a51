import type { RefusalValue } from '../../../kernel/model/errors.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import type { Change, ReturnState } from '../domain/return-state.ts';
import { maySee, unknownReturn } from './return-access.ts';
import type { ReturnsParts } from './returns-parts.ts';
import { runTasks } from './run-tasks.ts';
import { changeReturn } from './save-return.ts';

/** What a mutation answers with. */
export interface ReturnOutcome {
  readonly state: ReturnState;
  readonly changeCursor: string;
}

/**
 * Takes one step with a return that the caller may see, then does at once what follows from it as far as the owners
 * answer; what they do not answer now is done later.
 * @throws {Refusal} UNKNOWN_RETURN, or what `decide` refused
 */
export async function handleReturn(
  parts: ReturnsParts,
  { identity, id }: { readonly identity: Identity; readonly id: string },
  decide: (state: ReturnState) => Change | RefusalValue,
): Promise<ReturnOutcome> {
  const changed = await changeReturn(parts, id, (state) => {
    if (!maySee(identity, state)) throw unknownReturn(id);
    return decide(state);
  });
  if (!changed) throw unknownReturn(id);
  await runTasks(parts, id);
  return outcomeOf(parts, id);
}

/** The return as it is now, with a cursor that includes it. */
export async function outcomeOf({ store, log }: ReturnsParts, id: string): Promise<ReturnOutcome> {
  const current = await store.returns.get(id);
  if (!current) throw unknownReturn(id);
  return { state: current.document, changeCursor: await log.headCursor() };
}
