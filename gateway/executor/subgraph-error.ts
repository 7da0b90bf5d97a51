import { formatDomainError } from '../../kernel/graphql/format-error.ts';
import { DomainError, Obstacle } from '../../kernel/model/errors.ts';
import type { SubgraphError } from './subgraph-client.ts';

/** What a client is told when a subgraph could not be asked or gave no GraphQL answer. */
export function fromFailure(failure: unknown, service: string): SubgraphError {
  const { message, extensions } = formatDomainError(
    failure instanceof DomainError ? failure : unreachable(service, failure),
  );
  return { message, extensions: { ...extensions, service } };
}

/** A subgraph that cannot be asked. */
export function unreachable(service: string, cause?: unknown, reason = 'failed'): Obstacle {
  const message = `The subgraph ${service} gave no GraphQL answer.`;
  return new Obstacle('SUBGRAPH_UNAVAILABLE', message, { service, reason }, { cause });
}
