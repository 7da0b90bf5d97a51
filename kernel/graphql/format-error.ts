import { GraphQLError } from 'graphql';
import { ERROR_CODES } from '../../schema/errors.ts';
import type { ErrorCode } from '../../schema/errors.ts';
import { DomainError } from '../model/errors.ts';
import type { ErrorDetails } from '../model/errors.ts';
import type { Ids } from '../ports/ids.ts';
import type { Telemetry } from '../ports/telemetry.ts';

// A type and not an interface, so that it fits GraphQL's open record of extensions.
export type ErrorExtensions = {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly details: ErrorDetails;
};

/** An error as it leaves a subgraph or the gateway. */
export interface FormattedError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly extensions: ErrorExtensions;
}

export interface ErrorContext {
  readonly correlationId?: string;
  readonly path?: readonly (string | number)[];
}

export type ErrorFormatter = (error: unknown, context?: ErrorContext) => FormattedError;

/**
 * The one place where an error gets its `extensions`. What the hub threw on purpose keeps its code; what GraphQL found
 * wrong with the request is the caller's; everything else is masked under an incident id and logged with its stack.
 */
export function createErrorFormatter(options: { readonly ids: Ids; readonly telemetry: Telemetry }): ErrorFormatter {
  return (error, context = {}) => {
    const described = describe(error) ?? maskDefect(error, context, options);
    options.telemetry.count('graphql_errors_total', { code: described.extensions.code });
    const located = error instanceof GraphQLError ? error : undefined;
    const path = located?.path ?? context.path;
    const locations = located?.locations;
    return { ...described, ...(path && { path }), ...(locations && { locations }) };
  };
}

/** What the hub threw on purpose, as a client sees it. */
export function formatDomainError(error: DomainError): FormattedError {
  return {
    message: error.message,
    extensions: { code: error.code, retryable: error.retryable, details: error.details },
  };
}

type Described = Pick<FormattedError, 'message' | 'extensions'>;

function describe(error: unknown): Described | undefined {
  const origin = unwrap(error);
  if (origin instanceof DomainError) return origin.kind === 'defect' ? undefined : formatDomainError(origin);
  if (!isGraphQLError(error) || !isGraphQLError(origin)) return undefined;
  const stated = origin.extensions?.['code'];
  const isStated = isErrorCode(stated) && stated !== 'INTERNAL_SERVER_ERROR';
  if (!isStated && !isFaultOfRequest(error, origin)) return undefined;
  // The outermost message names the variable or argument that the innermost one is about.
  return { message: error.message, extensions: extend(isStated ? stated : 'BAD_USER_INPUT', origin) };
}

function extend(code: ErrorCode, { extensions }: GraphQLError): ErrorExtensions {
  const details = extensions?.['details'];
  return { code, retryable: ERROR_CODES[code].retryable, details: isRecord(details) ? details : {} };
}

/** graphql-jit has an error class of its own, which is no subclass but has the same fields. */
function isGraphQLError(error: unknown): error is GraphQLError {
  return error instanceof GraphQLError || (error instanceof Error && error.name === 'GraphQLError');
}

/**
 * A request error has no path; a bad argument found during execution names the nodes of the document. A result that
 * does not fit its type has a path and no nodes of its own: that one is ours.
 */
function isFaultOfRequest(error: GraphQLError, origin: GraphQLError): boolean {
  return error.path === undefined || (origin !== error && origin.nodes !== undefined);
}

function unwrap(error: unknown): unknown {
  let origin = error;
  while (isGraphQLError(origin) && origin.originalError) origin = origin.originalError;
  return origin;
}

function maskDefect(
  error: unknown,
  context: ErrorContext,
  { ids, telemetry }: { readonly ids: Ids; readonly telemetry: Telemetry },
): Described {
  const incidentId = ids.next();
  const origin = unwrap(error);
  telemetry.log('error', 'a fault of the hub was masked towards the client', {
    incidentId,
    correlationId: context.correlationId,
    path: isGraphQLError(error) ? error.path : context.path,
    error: origin instanceof Error ? describeWithCauses(origin) : String(origin),
  });
  return {
    message: 'The hub met a fault of its own.',
    extensions: { code: 'INTERNAL_SERVER_ERROR', retryable: false, details: { incidentId } },
  };
}

const CAUSES_MAX = 5;

function describeWithCauses(error: Error): string {
  const stacks: string[] = [];
  let current: unknown = error;
  while (current instanceof Error && stacks.length < CAUSES_MAX) {
    stacks.push(current.stack ?? current.message);
    current = current.cause;
  }
  return stacks.join('\ncaused by: ');
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
