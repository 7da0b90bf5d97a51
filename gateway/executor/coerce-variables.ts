import { coerceInputValue, isInputType, isNonNullType, print, typeFromAST, valueFromAST } from 'graphql';
import type { GraphQLInputType, GraphQLSchema, OperationDefinitionNode, VariableDefinitionNode } from 'graphql';
import type { FormattedError } from '../../kernel/graphql/format-error.ts';
import { ERROR_CODES } from '../../schema/errors.ts';
import type { ErrorCode } from '../../schema/errors.ts';
import { RequestRefused } from '../planner/request-refused.ts';
import { withoutSuggestions } from '../planner/without-suggestions.ts';
import type { Variables } from './subgraph-client.ts';

/** How many faults of one set of variables are told; none is looked for beyond, since each costs more than a value. */
const VARIABLE_ERRORS_MAX = 20;

export interface CoercionOptions {
  /** Whether the schema is told to those who ask for it, and with it what would have been right. Default: true. */
  readonly introspection?: boolean | undefined;
}

/**
 * The variables with defaults applied and values brought into the form of their types, once per request.
 * @throws {RequestRefused} BAD_USER_INPUT, or the code of a scalar of the hub, naming the variable and the field
 */
export function coerceVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  given: Variables,
  { introspection = true }: CoercionOptions = {},
): Variables {
  const definitions = operation.variableDefinitions;
  if (!definitions || definitions.length === 0) return {};
  const coerced: Record<string, unknown> = {};
  const faults: FormattedError[] = [];
  const note = (noted: FormattedError): void => {
    faults.push(introspection ? noted : { ...noted, message: withoutSuggestions(noted.message) });
    if (faults.length >= VARIABLE_ERRORS_MAX) throw new RequestRefused(faults);
  };
  for (const definition of definitions) coerceOne({ schema, definition, given, coerced, note });
  if (faults.length > 0) throw new RequestRefused(faults);
  return coerced;
}

interface Coercion {
  readonly schema: GraphQLSchema;
  readonly definition: VariableDefinitionNode;
  readonly given: Variables;
  readonly coerced: Record<string, unknown>;
  /** Hears of a fault; throws when there are enough. */
  readonly note: (fault: FormattedError) => void;
}

function coerceOne({ schema, definition, given, coerced, note }: Coercion): void {
  const name = definition.variable.name.value;
  const type = inputTypeOf(definition, schema);
  if (!type) return;
  if (!Object.hasOwn(given, name)) {
    if (definition.defaultValue) coerced[name] = valueFromAST(definition.defaultValue, type);
    else if (isNonNullType(type)) note(fault(name, [], `needs a value of type ${print(definition.type)}.`));
    return;
  }
  coerced[name] = coerceInputValue(given[name], type, (path, _value, error) => {
    const code = (error.originalError as { extensions?: Record<string, unknown> } | undefined)?.extensions?.['code'];
    note(fault(name, path, `is invalid: ${error.message}`, error.extensions['code'] ?? code));
  });
}

interface TypedDefinition {
  readonly schema: GraphQLSchema;
  readonly type: GraphQLInputType;
}

/** A document is read for one schema and asked with many variables. */
const typesByDefinition = new WeakMap<VariableDefinitionNode, TypedDefinition>();

function inputTypeOf(definition: VariableDefinitionNode, schema: GraphQLSchema): GraphQLInputType | undefined {
  const known = typesByDefinition.get(definition);
  if (known?.schema === schema) return known.type;
  const type = typeFromAST(schema, definition.type) as GraphQLInputType | undefined;
  if (!isInputType(type)) return undefined;
  typesByDefinition.set(definition, { schema, type });
  return type;
}

function fault(name: string, path: readonly (string | number)[], what: string, code?: unknown): FormattedError {
  const field = [name, ...path].join('.');
  return {
    message: `Variable "$${field}" ${what}`,
    extensions: {
      code: typeof code === 'string' && Object.hasOwn(ERROR_CODES, code) ? (code as ErrorCode) : 'BAD_USER_INPUT',
      retryable: false,
      details: { variable: name, field: path.length > 0 ? path.join('.') : name },
    },
  };
}
