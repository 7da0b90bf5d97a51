import type { RequiresSelection } from '@graphql-hive/router-query-planner';
import { Defect } from '../../kernel/model/errors.ts';
import type { Supergraph } from '../planner/supergraph.ts';
import { isJsonObject } from './merge-data.ts';
import type { JsonObject } from './merge-data.ts';

/** Makes the representation of an object, or undefined when the object lacks something that it needs. */
export type Represent = (object: JsonObject) => JsonObject | undefined;

interface RequiredField {
  readonly key: string;
  readonly selections: readonly RequiredField[] | undefined;
}

/**
 * What the plan asks to be sent of an object, compiled once per concrete type.
 * @param sentAs the interface as which the objects are sent, where the subgraph knows them by that alone. What is
 * required of one of its types is then required of all: the planner of version 0.0.38 joins fetches for several types
 * into one and names one of the types.
 */
export function compileRepresentation(
  requires: readonly RequiresSelection[],
  supergraph: Supergraph,
  sentAs?: string,
): Represent {
  const widened = sentAs === undefined ? requires : requires.map((selection) => widen(selection, sentAs, supergraph));
  const fieldsByType = new Map<string, readonly RequiredField[]>();
  return (object) => {
    const typename = object['__typename'];
    if (typeof typename !== 'string') return undefined;
    let fields = fieldsByType.get(typename);
    if (!fields) {
      fields = fieldsFor(typename, widened, supergraph);
      fieldsByType.set(typename, fields);
    }
    return fields.length === 0 ? undefined : pick(object, fields);
  };
}

/** Text that is equal for representations that mean the same entity with the same inputs. */
export function representationKey(representation: JsonObject): string {
  let key = '';
  for (const name in representation) {
    const value = representation[name];
    // The length keeps neighbours apart, whatever characters the values hold.
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    key += `${typeof value === 'string' ? 's' : 'j'}${text.length}:${text}`;
  }
  return key;
}

function widen(selection: RequiresSelection, sentAs: string, supergraph: Supergraph): RequiresSelection {
  const isOne = selection.kind === 'InlineFragment' && supergraph.possibleTypes(sentAs).has(selection.typeCondition);
  return isOne ? { ...selection, typeCondition: sentAs } : selection;
}

function fieldsFor(
  typename: string,
  requires: readonly RequiresSelection[],
  supergraph: Supergraph,
): readonly RequiredField[] {
  const fields = new Map<string, RequiredField>();
  for (const selection of requires) {
    for (const field of requiredFields(selection, typename, supergraph)) {
      const known = fields.get(field.key);
      const selections = field.selections && [...(known?.selections ?? []), ...field.selections];
      fields.set(field.key, { key: field.key, selections });
    }
  }
  return [...fields.values()];
}

function requiredFields(
  selection: RequiresSelection,
  typename: string | undefined,
  supergraph: Supergraph,
): RequiredField[] {
  if (selection.kind === 'Field') {
    const selections = selection.selections?.flatMap((inner) => requiredFields(inner, undefined, supergraph));
    return [{ key: selection.alias ?? selection.name, selections: selections?.length ? selections : undefined }];
  }
  if (selection.kind === 'FragmentSpread') throw new Defect('A plan names a fragment where it requires fields.');
  if (typename !== undefined && !supergraph.possibleTypes(selection.typeCondition).has(typename)) return [];
  return selection.selections.flatMap((inner) => requiredFields(inner, typename, supergraph));
}

function pick(object: JsonObject, fields: readonly RequiredField[]): JsonObject | undefined {
  const picked: JsonObject = {};
  for (const { key, selections } of fields) {
    const value = object[key];
    if (value === undefined) return undefined;
    const part = selections ? pickValue(value, selections) : value;
    if (part === undefined) return undefined;
    picked[key] = part;
  }
  return picked;
}

function pickValue(value: unknown, fields: readonly RequiredField[]): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => pickValue(item, fields));
    return items.includes(undefined) ? undefined : items;
  }
  return isJsonObject(value) ? pick(value, fields) : value;
}
