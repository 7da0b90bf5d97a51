import { isEnumType } from 'graphql';
import type { GraphQLLeafType } from 'graphql';

/**
 * A leaf as a client may see it, or undefined when it is nothing that its type allows. Custom scalars were serialised
 * by their subgraph and pass as they are.
 */
export function checkLeaf(
  type: GraphQLLeafType,
  value: unknown,
  restrictedValues: ReadonlySet<string> | undefined,
): unknown {
  if (isEnumType(type)) {
    return typeof value === 'string' && (!restrictedValues || restrictedValues.has(value)) ? value : undefined;
  }
  switch (type.name) {
    case 'Int':
      // 32 bits, so that every client can hold it. Source: https://spec.graphql.org/October2021/#sec-Int
      return value === Number(value) >> 0 ? value : undefined;
    case 'Float':
      return Number.isFinite(value) ? value : undefined;
    case 'Boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'String':
      return typeof value === 'string' ? value : undefined;
    case 'ID':
      return Number.isSafeInteger(value) ? String(value) : typeof value === 'string' ? value : undefined;
    default:
      return value;
  }
}
