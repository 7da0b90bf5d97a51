import { formatDomainError } from '../../kernel/graphql/format-error.ts';
import { DomainError, Obstacle } from '../../kernel/model/errors.ts';
import type { SubgraphError } from './subgraph-client.ts';

/** A subgraph's error as the client gets it: its words and code unchanged, and the name of the subgraph. */
export function fromService({ message, extensions }: SubgraphError, service: string): SubgraphError {
  return {
    message,
    extensions: { code: 'INTERNAL_SERVER_ERROR', retryable: false, details: {}, ...extensions, service },
  };
}

/** What a client is told when a subgraph could not be asked or gave no GraphQL answer. */
export function fromFailure(failure: unknown, service: string): SubgraphError {
  return fromService(
    formatDomainError(failure instanceof DomainError ? failure : unreachable(service, failure)),
    service,
  );
}

/** A subgraph that cannot be asked. */
export function unreachable(service: string, cause?: unknown, reason = 'failed'): Obstacle {
  const message = `The subgraph ${service} gave no GraphQL answer.`;
  return new Obstacle('SUBGRAPH_UNAVAILABLE', message, { service, reason }, { cause });
}
