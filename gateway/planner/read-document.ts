import { GraphQLError, Kind, parse, validate, visit } from 'graphql';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { ErrorFormatter, FormattedError } from '../../kernel/graphql/format-error.ts';
import { refuseAbove } from './measure-operation.ts';
import type { Fragments } from './measure-operation.ts';
import type { OperationLimits } from './operation-limits.ts';
import { RequestRefused } from './request-refused.ts';
import { withoutSuggestions } from './without-suggestions.ts';

/** How many faults of one document are told. */
const VALIDATION_ERRORS_MAX = 20;

export interface ReadDocumentOptions {
  readonly schema: GraphQLSchema;
  readonly limits: OperationLimits;
  readonly format: ErrorFormatter;
  /** Whether the schema is told to those who ask for it. Default: true. */
  readonly introspection?: boolean;
}

/**
 * Parses a document and validates all of it against the public schema. Nothing that has not passed here may reach the
 * planner: version 0.0.38 kills the process on a fragment that spreads itself.
 * @throws {RequestRefused} GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED
 * @throws {Refusal} OPERATION_LIMIT_EXCEEDED
 */
export function readDocument(source: string, options: ReadDocumentOptions): DocumentNode {
  refuseAbove('documentBytesMax', Buffer.byteLength(source), options.limits.documentBytesMax);
  const document = parseWithin(source, options);
  const faults = validate(options.schema, document, undefined, { maxErrors: VALIDATION_ERRORS_MAX });
  if (faults.length > 0) throw new RequestRefused(faults.map((fault) => describeFault(fault, options)));
  if (options.introspection === false) refuseIntrospection(document);
  refuseUnknownRoots(document, options.schema);
  return document;
}

/**
 * The operation that a request names, or the only one.
 * @throws {RequestRefused} BAD_USER_INPUT when there is no such operation, or several and no name
 */
export function chooseOperation(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const chosen = name === undefined ? operations : operations.filter((operation) => operation.name?.value === name);
  const [operation] = chosen;
  if (operation && chosen.length === 1) return operation;
  const message =
    name === undefined
      ? `The document must hold exactly one operation, or operationName must choose one of its ${operations.length}.`
      : `The document holds no operation named "${name}".`;
  throw new RequestRefused([requestError('BAD_USER_INPUT', message, { field: 'operationName' })]);
}

export function fragmentsOf(document: DocumentNode): Fragments {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

/** graphql-js takes an operation of a type that the schema has no root for, and fails when it is run. */
function refuseUnknownRoots({ definitions }: DocumentNode, schema: GraphQLSchema): void {
  for (const definition of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION || schema.getRootType(definition.operation)) continue;
    const message = `The schema has no operations of type ${definition.operation}.`;
    throw new RequestRefused([requestError('GRAPHQL_VALIDATION_FAILED', message)]);
  }
}

function parseWithin(source: string, { limits, format }: ReadDocumentOptions): DocumentNode {
  try {
    return parse(source, { maxTokens: limits.tokensMax });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    // graphql-js tells this limit as any other syntax error; a document cut off there tells it by its place.
    if (/contains more tha[nt] \d+ tokens/.test(error.message)) refuseAbove('tokensMax', Infinity, limits.tokensMax);
    const { locations } = format(error);
    throw new RequestRefused([
      { ...requestError('GRAPHQL_PARSE_FAILED', error.message), ...(locations && { locations }) },
    ]);
  }
}

/** `__typename` tells nothing that an answer would not. */
function refuseIntrospection(document: DocumentNode): void {
  visit(document, {
    Field: ({ name }) => {
      if (name.value !== '__schema' && name.value !== '__type') return;
      throw new RequestRefused([requestError('INTROSPECTION_DISABLED', 'The schema is not told here.')]);
    },
  });
}

function describeFault(fault: GraphQLError, { format, introspection = true }: ReadDocumentOptions): FormattedError {
  const message = introspection ? fault.message : withoutSuggestions(fault.message);
  const formatted = format(fault);
  // A scalar that refused a literal has said so by a code of its own.
  const hasOwnCode = fault.extensions['code'] !== undefined || fault.originalError !== undefined;
  const extensions = hasOwnCode ? formatted.extensions : requestError('GRAPHQL_VALIDATION_FAILED', '').extensions;
  const { locations } = formatted;
  return { message, extensions, ...(locations && { locations }) };
}

function requestError(
  code: 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED' | 'BAD_USER_INPUT' | 'INTROSPECTION_DISABLED',
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): FormattedError {
  return { message, extensions: { code, retryable: false, details } };
}
