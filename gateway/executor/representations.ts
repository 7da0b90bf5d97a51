import type { RequiresSelection } from '@graphql-hive/router-query-planner';
import { Defect } from '../../kernel/model/errors.ts';
import type { Supergraph } from '../planner/supergraph.ts';
import { isJsonObject } from './merge-data.ts';
import type { JsonObject } from './merge-data.ts';
import { valueAt } from './pieces/json-piece.ts';

/** Makes the representation of an object, or undefined when the object lacks something that it needs. */
export type Represent = (object: JsonObject) => JsonObject | undefined;

interface RequiredField {
  /** Where the data of the plan holds it. */
  readonly key: string;
  /** Its name for the subgraph, which differs where the data holds the field with several arguments. */
  readonly sentAs: string;
  readonly inner: Represent | undefined;
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
      fields = fieldsFor(widened, typename, supergraph);
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

/** @param typename of the object; undefined where the plan did not need to ask for it, so that nothing depends on it */
function fieldsFor(
  requires: readonly RequiresSelection[],
  typename: string | undefined,
  supergraph: Supergraph,
): readonly RequiredField[] {
  const required = new Map<string, { readonly key: string; readonly selections: RequiresSelection[] }>();
  const add = (selection: RequiresSelection): void => {
    if (selection.kind === 'FragmentSpread') throw new Defect('A plan names a fragment where it requires fields.');
    if (selection.kind === 'InlineFragment') {
      const applies = typename === undefined || supergraph.possibleTypes(selection.typeCondition).has(typename);
      if (applies) selection.selections.forEach(add);
      return;
    }
    const sentAs = selection.alias ?? selection.name;
    const field = required.get(sentAs) ?? { key: selection.name, selections: [] };
    field.selections.push(...(selection.selections ?? []));
    required.set(sentAs, field);
  };
  requires.forEach(add);
  return [...required].map(([sentAs, { key, selections }]) => ({
    key,
    sentAs,
    inner: selections.length > 0 ? compileInner(selections, supergraph) : undefined,
  }));
}

/** Of an object inside of a representation. One that is required by type is sent with its type. */
function compileInner(selections: readonly RequiresSelection[], supergraph: Supergraph): Represent {
  const dependsOnType = selections.some(({ kind }) => kind === 'InlineFragment');
  const fieldsByType = new Map<string | undefined, readonly RequiredField[]>();
  return (object) => {
    const given = dependsOnType ? object['__typename'] : undefined;
    const typename = typeof given === 'string' ? given : undefined;
    let fields = fieldsByType.get(typename);
    if (!fields) {
      fields = fieldsFor(selections, typename, supergraph);
      fieldsByType.set(typename, fields);
    }
    const picked = pick(object, fields);
    if (picked && typename !== undefined) picked['__typename'] = typename;
    return picked;
  };
}

function pick(object: JsonObject, fields: readonly RequiredField[]): JsonObject | undefined {
  const picked: JsonObject = {};
  for (const { key, sentAs, inner } of fields) {
    const value = valueAt(object, key);
    if (value === undefined) return undefined;
    const part = inner ? pickValue(value, inner) : value;
    if (part === undefined) return undefined;
    picked[sentAs] = part;
  }
  return picked;
}

function pickValue(value: unknown, inner: Represent): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => pickValue(item, inner));
    return items.includes(undefined) ? undefined : items;
  }
  return isJsonObject(value) ? inner(value) : value;
}
