import { isRefusal, Refusal, toRefusal, type RefusalValue } from '../../../kernel/model/errors.ts';
import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import type { OutboxEvent } from '../../../kernel/ports/documents.ts';
import type { ExceptionState } from '../domain/exception-state.ts';
import { publicationsOf } from './exception-record.ts';
import type { OperationsParts } from './operations-parts.ts';

/**
 * Decides on the exception as it is now and saves; decides anew when somebody else was quicker. A decision that changes
 * nothing, or gives nothing, saves nothing. What `also` gives is told together with it.
 * @throws {Refusal} what `decide` refused
 */
export async function changeException<Known extends ExceptionState | undefined>(
  { platform, store, limits }: Pick<OperationsParts, 'platform' | 'store' | 'limits'>,
  id: string,
  decide: (known: ExceptionState | undefined) => Known | RefusalValue,
  also: (state: ExceptionState) => readonly OutboxEvent[] = () => [],
): Promise<Known> {
  for (let attempt = 1; ; attempt++) {
    const known = await store.exceptions.get(id);
    const decided = decide(known?.document);
    if (isRefusal(decided)) throw toRefusal(decided);
    const state = decided;
    if (state === undefined || state === known?.document) return state;
    try {
      await store.exceptions.save(state, known?.version ?? 0, [
        ...publicationsOf(platform, state, known?.document),
        ...also(state),
      ]);
      return state;
    } catch (error) {
      if (!(error instanceof DocumentConflict) || attempt >= limits.saveAttemptsMax) throw error;
    }
  }
}

/** @throws {Refusal} UNKNOWN_EXCEPTION */
export function known(state: ExceptionState | undefined, id: string): ExceptionState {
  if (state) return state;
  throw new Refusal('UNKNOWN_EXCEPTION', `There is no exception ${id}.`, { exception: id });
}
