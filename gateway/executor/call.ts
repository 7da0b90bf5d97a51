import { parse } from 'graphql';
import type { DocumentNode } from 'graphql';
import type { PlanContext } from './compile-plan.ts';
import type { EntityPlace } from './pieces/piece-readers.ts';
import type { PlanRun } from './plan-run.ts';
import type { RunOperation, SubgraphError, SubgraphResult } from './subgraph-client.ts';
import { isPromise } from './is-promise.ts';
import { readAnswer } from './read-answer.ts';
import { fromFailure, unreachable } from './subgraph-error.ts';

/** What the plan says of an operation that goes to a subgraph. */
export interface CallNode {
  readonly serviceName: string;
  readonly operation: string;
  readonly operationKind?: 'query' | 'mutation' | 'subscription';
  readonly variableUsages?: readonly string[];
}

export interface CallOutcome {
  /** Takes in the answer, errors as clients get them included. */
  readonly adopt: (result: SubgraphResult) => void;
  /** Notes that there is none. */
  readonly fail: (error: SubgraphError) => void;
}

/** An operation and the subgraph that it goes to. */
export interface Call {
  readonly document: DocumentNode;
  /** Sends it with the given variables beside those of the client that it uses. Never throws. */
  send(run: PlanRun, variables: Record<string, unknown>, outcome: CallOutcome): void | Promise<void>;
}

/** @param places where the entities stand, for a fetch of entities */
export function compileCall(
  node: CallNode,
  { clients, report, forwardedExtensions, pieces }: PlanContext,
  places?: readonly EntityPlace[],
): Call {
  const { serviceName, operation: text } = node;
  const document = parse(text, { noLocation: true });
  const kind = node.operationKind === 'mutation' ? 'mutation' : 'query';
  const client = clients.get(serviceName);
  const readReply = places ? pieces?.entityReader(document, places) : pieces?.rootReader(document);
  const execute = client?.prepare({ text, document, kind, readReply }) ?? refuseAll(serviceName);
  const names = node.variableUsages ?? [];
  return {
    document,
    send: (run, variables, { adopt, fail }) => {
      for (const name of names) if (name in run.variables) variables[name] = run.variables[name];
      const onFailure = (error: unknown): void => {
        report(error, serviceName);
        fail(fromFailure(error, serviceName));
      };
      const onResult = (result: SubgraphResult): void => {
        let answer: SubgraphResult;
        try {
          answer = readAnswer(result, serviceName, forwardedExtensions);
        } catch (error) {
          return onFailure(error);
        }
        adopt(answer);
      };
      try {
        if (run.context.signal?.aborted) return onFailure(unreachable(serviceName, undefined, 'aborted'));
        const result = execute(variables, run.context);
        return isPromise(result) ? result.then(onResult, onFailure) : onResult(result);
      } catch (error) {
        return onFailure(error);
      }
    },
  };
}

/** A subgraph may be missing from a deployment; what can be answered without it still is. */
function refuseAll(serviceName: string): RunOperation {
  return () => {
    throw unreachable(serviceName, undefined, 'not configured');
  };
}
