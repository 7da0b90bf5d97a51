import { Kind } from 'graphql';
import type { DocumentNode, FieldNode, SelectionSetNode } from 'graphql';
import type { Fragments } from '../../planner/measure-operation.ts';
import { fragmentsOf } from '../../planner/read-document.ts';
import { responseKeyOf } from '../../planner/source-keys.ts';

/** A field of a fetch, as its subgraph has to answer it. */
export interface FetchedField {
  /** In the reply. */
  readonly key: string;
  readonly name: string;
  /** Undefined for a leaf. */
  readonly inner: FetchedFields | undefined;
}

/** In the order of the reply. */
export interface FetchedFields {
  readonly fields: readonly FetchedField[];
  /** The one type that the objects have to be of; undefined where the fetch says nothing of it. */
  readonly type: string | undefined;
}

/** The fields of a fetch with fragments put in; undefined where they differ by type, or are told in several parts. */
export function fetchedFieldsOf(document: DocumentNode): FetchedFields | undefined {
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return operation?.kind === Kind.OPERATION_DEFINITION
    ? readSelections(operation.selectionSet, fragmentsOf(document))
    : undefined;
}

function readSelections(selectionSet: SelectionSetNode, fragments: Fragments): FetchedFields | undefined {
  const nodes: FieldNode[] = [];
  const types = new Set<string>();
  collect(selectionSet, { fragments, nodes, types });
  const fields: FetchedField[] = [];
  for (const node of nodes) {
    const inner = node.selectionSet && readSelections(node.selectionSet, fragments);
    if (node.selectionSet && !inner) return undefined;
    // Objects are made by assignment, to which this one key means something else.
    if (responseKeyOf(node) === '__proto__') return undefined;
    fields.push({ key: responseKeyOf(node), name: node.name.value, inner });
  }
  const isTold = new Set(fields.map(({ key }) => key)).size === fields.length && types.size <= 1;
  return isTold ? { fields, type: [...types][0] } : undefined;
}

interface Collection {
  readonly fragments: Fragments;
  readonly nodes: FieldNode[];
  readonly types: Set<string>;
}

/** Documents of plans have no conditions where the gateway made them, and no fragment inside of itself. */
function collect({ selections }: SelectionSetNode, collection: Collection): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      collection.nodes.push(selection);
      continue;
    }
    const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
    const fragment = isSpread ? collection.fragments.get(selection.name.value) : selection;
    if (!fragment) continue;
    if (fragment.typeCondition) collection.types.add(fragment.typeCondition.name.value);
    collect(fragment.selectionSet, collection);
  }
}
