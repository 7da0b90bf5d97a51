import type { JsonObject } from './merge-data.ts';
import { valueAt } from './pieces/json-piece.ts';
import type { SubgraphError } from './subgraph-client.ts';

type PathStep = string | number;

/** An error of a subgraph, or of reaching it, on its way to the places of the answer that it made null. */
export interface Failure {
  readonly error: SubgraphError;
  /** What follows after the place that is null: where the subgraph met the error inside it. */
  readonly rest: readonly PathStep[];
}

interface MissingNote {
  readonly keys: ReadonlySet<string>;
  readonly failure: Failure;
}

/**
 * Where the data of an operation lacks something, and why. Errors are kept at the object that lacks a value and not by
 * path, so that an entity which stands at several places of the answer tells its error at each of them.
 */
export class FailureNotes {
  readonly #atKey = new Map<object, Map<PathStep, Failure[]>>();
  readonly #missing = new Map<object, MissingNote[]>();
  readonly #told = new Set<SubgraphError>();
  readonly #all = new Set<SubgraphError>();

  get isEmpty(): boolean {
    return this.#all.size === 0;
  }

  /** Notes an error whose path starts at `container`; it is kept where that path first meets null. */
  noteAt(container: object, path: readonly PathStep[], error: SubgraphError): void {
    this.#remember(error);
    let holder = container as JsonObject;
    for (const [index, step] of path.entries()) {
      const value = valueAt(holder, step);
      if (typeof value === 'object' && value !== null) {
        holder = value as JsonObject;
        continue;
      }
      const byKey = this.#atKey.get(holder) ?? new Map<PathStep, Failure[]>();
      const failure = { error, rest: path.slice(index + 1) };
      byKey.set(step, [...(byKey.get(step) ?? []), failure]);
      this.#atKey.set(holder, byKey);
      return;
    }
  }

  /** Notes that `keys` of `container` could not be fetched at all. */
  noteMissing(container: object, keys: ReadonlySet<string>, error: SubgraphError): void {
    this.#remember(error);
    const notes = this.#missing.get(container) ?? [];
    notes.push({ keys, failure: { error, rest: [] } });
    this.#missing.set(container, notes);
  }

  /** Notes an error that belongs to no place. */
  noteLoose(error: SubgraphError): void {
    this.#remember(error);
  }

  /** Why `key` of `container` is null. */
  find(container: object, key: PathStep): readonly Failure[] {
    const exact = this.#atKey.get(container)?.get(key) ?? [];
    const missing = (this.#missing.get(container) ?? []).filter(({ keys }) => keys.has(String(key)));
    const found = [...exact, ...missing.map(({ failure }) => failure)];
    for (const { error } of found) this.#told.add(error);
    return found;
  }

  /**
   * Errors that `find` has not told: of values that the client did not select, or without a place. One that says the
   * same as an error that was told is left out: what is required may be fetched beside what is selected.
   */
  untold(): readonly SubgraphError[] {
    const told = new Set([...this.#told].map(wordsOf));
    return [...this.#all].filter((error) => !this.#told.has(error) && !told.has(wordsOf(error)));
  }

  #remember(error: SubgraphError): void {
    this.#all.add(error);
  }
}

/** An incident has an id of its own each time. */
function wordsOf({ message, extensions }: SubgraphError): string {
  return JSON.stringify([message, extensions?.['code'], extensions?.['service']]);
}
