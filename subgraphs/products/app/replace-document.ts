import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import type { Collection, Document, OutboxEvent, Versioned } from '../../../kernel/ports/documents.ts';

export interface Replacement<D, Result> {
  readonly result: Result;
  /** Absent: nothing is to be saved. */
  readonly next?: D;
  readonly outbox?: readonly OutboxEvent[];
}

export interface ReplacementTarget<D extends Document> {
  readonly id: string;
  /** Absent: it is read. */
  readonly known?: Versioned<D> | undefined;
  readonly attemptsMax: number;
}

/**
 * Decides on the current document and saves; decides anew when somebody else was quicker.
 * @throws {DocumentConflict} when somebody else was quicker `attemptsMax` times
 */
export async function replaceDocument<D extends Document, Result>(
  collection: Collection<D>,
  { id, known, attemptsMax }: ReplacementTarget<D>,
  decide: (current: D | undefined) => Replacement<D, Result>,
): Promise<Result> {
  let current = known ?? (await collection.get(id));
  for (let attempt = 1; ; attempt++) {
    const { result, next, outbox } = decide(current?.document);
    if (next === undefined) return result;
    try {
      await collection.save(next, current?.version ?? 0, outbox);
      return result;
    } catch (error) {
      if (!(error instanceof DocumentConflict) || attempt >= attemptsMax) throw error;
      current = await collection.get(id);
    }
  }
}
