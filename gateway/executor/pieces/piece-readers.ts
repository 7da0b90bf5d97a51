import type { FlattenNodePathSegment, PlanNode } from '@graphql-hive/router-query-planner';
import { isObjectType } from 'graphql';
import type { DocumentNode } from 'graphql';
import type { FieldPlan, SelectionPlan } from '../selection-plan.ts';
import type { ReadReply } from '../subgraph-client.ts';
import { patternOf } from './answer-pattern.ts';
import { fetchedFieldsOf } from './fetched-fields.ts';
import type { FetchedField, FetchedFields } from './fetched-fields.ts';
import { namesNeededBy } from './names-needed.ts';
import { leafReader, pieceReader, replyReader, structureReader } from './reply-reader.ts';
import type { ReadValue } from './reply-reader.ts';
import { whenItPays } from './when-it-pays.ts';

type DataPath = readonly FlattenNodePathSegment[];

/** Where entities of a fetch stand. */
export interface EntityPlace {
  readonly rootKey: string;
  readonly paths: readonly DataPath[];
}

/** Whatever the client selected at the places that a fetch fills; all of one type. */
type Selections = readonly SelectionPlan[];

/**
 * Makes readers of the replies to a plan's fetches. Whatever a fetch asks for just as the client did, and no other step
 * of the plan is known to need, is taken over as text; the rest is read as values. Which is which only decides what is
 * quick, because a piece that is needed as a value after all becomes one.
 */
export class PieceReaders {
  readonly #selection: SelectionPlan;
  readonly #needed: ReadonlySet<string>;

  constructor(selection: SelectionPlan, plan: PlanNode) {
    this.#selection = selection;
    this.#needed = namesNeededBy(plan);
  }

  /** Of a fetch of fields of the root. */
  rootReader(document: DocumentNode): ReadReply {
    return whenItPays(() => {
      const fetched = fetchedFieldsOf(document);
      return fetched && this.#replyReader((saving) => saving.objectReader(fetched, [this.#selection]));
    });
  }

  entityReader(document: DocumentNode, places: readonly EntityPlace[]): ReadReply {
    return whenItPays(() => {
      const fetched = fetchedFieldsOf(document);
      return (
        fetched &&
        this.#replyReader((saving) =>
          structureReader(
            fetched.fields.map(({ key, inner }) => {
              const paths = places.find(({ rootKey }) => rootKey === key)?.paths ?? [];
              const selections = paths.flatMap((path) => this.#follow(path) ?? []);
              return { key, read: inner ? saving.objectReader(inner, selections) : leafReader() };
            }),
          ),
        )
      );
    });
  }

  #replyReader(make: (saving: Saving) => ReadValue): ReadReply | undefined {
    const saving = new Saving(this.#needed);
    const read = make(saving);
    return saving.pieces > 0 ? replyReader(read) : undefined;
  }

  /** The client's selection at a path of the data; undefined where it depends on more than the path. */
  #follow(path: DataPath): SelectionPlan | undefined {
    let selection: SelectionPlan | undefined = this.#selection;
    for (const segment of path) {
      if (segment === '@') continue;
      if (!selection || !('Field' in segment)) return undefined;
      selection = fieldOf(selection, segment.Field)?.selection;
    }
    return selection;
  }
}

/** Decides value by value, and counts what is taken over as text. */
class Saving {
  pieces = 0;
  readonly #needed: ReadonlySet<string>;

  constructor(needed: ReadonlySet<string>) {
    this.#needed = needed;
  }

  objectReader({ fields, type }: FetchedFields, selections: Selections): ReadValue {
    const fitting = selections.filter(({ parent }) => isObjectType(parent) && (type ?? parent.name) === parent.name);
    return structureReader(fields.map((field) => ({ key: field.key, read: this.#valueReader(field, fitting) })));
  }

  #valueReader(fetched: FetchedField, selections: Selections): ReadValue {
    const selected = selections.flatMap((selection) => fieldOf(selection, fetched.key) ?? []);
    const pattern = this.#needed.has(fetched.key) ? undefined : sharedPattern(fetched, selected);
    if (pattern !== undefined) {
      this.pieces++;
      return pieceReader(pattern);
    }
    if (!fetched.inner) return leafReader();
    return this.objectReader(
      fetched.inner,
      selected.flatMap(({ selection }) => selection ?? []),
    );
  }
}

/** The pattern of a field that is fetched as it was selected, wherever it was selected; undefined where it differs. */
function sharedPattern(fetched: FetchedField, selected: readonly FieldPlan[]): string | undefined {
  const [first, ...others] = selected;
  const pattern = first && isFetchedAsSelected(fetched, first) ? patternOf(first) : undefined;
  return others.every((other) => patternOf(other) === pattern) ? pattern : undefined;
}

function isFetchedAsSelected({ name, inner }: FetchedField, { name: selectedName, selection }: FieldPlan): boolean {
  if (name !== selectedName) return false;
  if (!inner || !selection) return !inner && !selection;
  const { parent } = selection;
  if (!isObjectType(parent) || (inner.type ?? parent.name) !== parent.name) return false;
  const selected = selection.fieldsOf(parent);
  return (
    selected.length === inner.fields.length &&
    inner.fields.every((field, index) => {
      const plan = selected[index];
      return plan !== undefined && field.key === plan.responseKey && isFetchedAsSelected(field, plan);
    })
  );
}

function fieldOf(selection: SelectionPlan, sourceKey: string): FieldPlan | undefined {
  const { parent } = selection;
  return isObjectType(parent) ? selection.fieldsOf(parent).find((field) => field.sourceKey === sourceKey) : undefined;
}
