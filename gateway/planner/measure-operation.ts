import { Kind } from 'graphql';
import type { FragmentDefinitionNode, OperationDefinitionNode, SelectionSetNode } from 'graphql';
import { Refusal } from '../../kernel/model/errors.ts';
import type { OperationLimits } from './operation-limits.ts';

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

interface Size {
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  readonly rootFields: number;
}

const EMPTY: Size = { depth: 0, fields: 0, aliases: 0, rootFields: 0 };

/**
 * Holds an operation that is already known to be free of fragment cycles against the limits. Each fragment is measured
 * once, however often it is spread, so that the measuring itself stays cheap.
 * @throws {Refusal} OPERATION_LIMIT_EXCEEDED naming the first limit that is exceeded
 */
export function checkOperationSize(
  operation: OperationDefinitionNode,
  fragments: Fragments,
  limits: OperationLimits,
): void {
  const size = measure(operation.selectionSet, fragments, new Map());
  refuseAbove('depthMax', size.depth, limits.depthMax);
  refuseAbove('rootFieldsMax', size.rootFields, limits.rootFieldsMax);
  refuseAbove('aliasesMax', size.aliases, limits.aliasesMax);
  refuseAbove('fieldsMax', size.fields, limits.fieldsMax);
}

/** @throws {Refusal} OPERATION_LIMIT_EXCEEDED when `value` is more than `max` */
export function refuseAbove(limit: keyof OperationLimits, value: number, max: number): void {
  if (value > max) throw beyondLimit(limit, value, max);
}

/** @param value what the operation comes to; Infinity where it was not counted to its end */
export function beyondLimit(limit: string, value: number, max: number): Refusal {
  const details = { limit, max, ...(Number.isFinite(value) && { value }) };
  const comesTo = Number.isFinite(value) ? ` It comes to ${value}.` : '';
  return new Refusal(
    'OPERATION_LIMIT_EXCEEDED',
    `The operation is beyond the limit ${limit} of ${max}.${comesTo}`,
    details,
  );
}

function measure(selectionSet: SelectionSetNode, fragments: Fragments, known: Map<string, Size>): Size {
  let total = EMPTY;
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FIELD) {
      const inner = selection.selectionSet ? measure(selection.selectionSet, fragments, known) : EMPTY;
      const aliases = inner.aliases + (selection.alias ? 1 : 0);
      total = add(total, { depth: inner.depth + 1, fields: inner.fields + 1, aliases, rootFields: 1 });
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      total = add(total, measure(selection.selectionSet, fragments, known));
    } else {
      total = add(total, measureFragment(selection.name.value, fragments, known));
    }
  }
  return total;
}

function measureFragment(name: string, fragments: Fragments, known: Map<string, Size>): Size {
  const before = known.get(name);
  if (before) return before;
  const fragment = fragments.get(name);
  const size = fragment ? measure(fragment.selectionSet, fragments, known) : EMPTY;
  known.set(name, size);
  return size;
}

function add(a: Size, b: Size): Size {
  return {
    depth: Math.max(a.depth, b.depth),
    fields: a.fields + b.fields,
    aliases: a.aliases + b.aliases,
    rootFields: a.rootFields + b.rootFields,
  };
}
