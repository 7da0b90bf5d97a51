import type { Span, Telemetry } from '../../kernel/ports/telemetry.ts';
import { isPromise } from '../executor/is-promise.ts';
import type { RunOperation, SubgraphClient, SubgraphResult } from '../executor/subgraph-client.ts';

/** Counts, times and traces every fetch of a client, without a promise of its own where the client needs none. */
export function observeClient(client: SubgraphClient, telemetry: Telemetry): SubgraphClient {
  const service = client.name;
  const recorder: Recorder = {
    seconds: telemetry.histogram('subgraph_fetch_seconds', { service }),
    answered: telemetry.counter('subgraph_fetches_total', { service, outcome: 'answered' }),
    withErrors: telemetry.counter('subgraph_fetches_total', { service, outcome: 'errors' }),
    unavailable: telemetry.counter('subgraph_fetches_total', { service, outcome: 'unavailable' }),
  };
  return {
    name: service,
    propagatedHeaders: client.propagatedHeaders ?? [],
    prepare: (operation) =>
      observed(client.prepare(operation), recorder, (parent) =>
        telemetry.startSpan(`fetch ${service}`, { parent, attributes: { 'graphql.operation.type': operation.kind } }),
      ),
    close: () => client.close(),
  };
}

interface Recorder {
  readonly seconds: (value: number) => void;
  readonly answered: () => void;
  readonly withErrors: () => void;
  readonly unavailable: () => void;
}

function observed(
  run: RunOperation,
  recorder: Recorder,
  startSpan: (parent: string | undefined) => Span,
): RunOperation {
  return (variables, context) => {
    const startedMs = performance.now();
    const span = startSpan(context.traceparent);
    const settle = (result: SubgraphResult): SubgraphResult => {
      recorder.seconds((performance.now() - startedMs) / 1_000);
      if (result.errors && result.errors.length > 0) recorder.withErrors();
      else recorder.answered();
      span.end(result.errors?.[0]?.message);
      return result;
    };
    const fail = (error: unknown): never => {
      recorder.seconds((performance.now() - startedMs) / 1_000);
      recorder.unavailable();
      span.end(error instanceof Error ? error : 'failed');
      throw error;
    };
    try {
      const result = run(variables, context.within(span.traceparent));
      return isPromise(result) ? result.then(settle, fail) : settle(result);
    } catch (error) {
      return fail(error);
    }
  };
}
