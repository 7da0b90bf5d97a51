import { OperationTypeNode } from 'graphql';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { ErrorFormatter, FormattedError } from '../../kernel/graphql/format-error.ts';
import { Defect, invariant } from '../../kernel/model/errors.ts';
import type { PrimaryFetch } from './compile-plan.ts';
import { FailureNotes } from './failure-notes.ts';
import type { JsonObject } from './merge-data.ts';
import type { OperationContext } from './operation-context.ts';
import type { PlanRun, Step } from './plan-run.ts';
import { projectAnswer } from './project-answer.ts';
import type { AnswerError } from './project-answer.ts';
import type { SelectionPlan } from './selection-plan.ts';
import type { Variables } from './subgraph-client.ts';
import type { WriteAnswer } from './write-answer.ts';

/** An operation of one document, validated, planned and compiled for callers with the same rights. */
export interface PreparedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly type: OperationTypeNode;
  /** Present for a subscription: the fetch whose result each run is given. */
  readonly primary: PrimaryFetch | undefined;
  /** Errors for a caller who may read none of the root's fields; nothing is run for it. */
  readonly refusals: readonly FormattedError[];
  /** Undefined when nothing has to be fetched. */
  readonly step: Step | undefined;
  readonly selection: SelectionPlan;
  readonly write: WriteAnswer;
  /** Answers the root's introspection fields; undefined when there are none. */
  readonly introspect: ((variables: Variables) => JsonObject) | undefined;
}

export interface RunPlanInput {
  /** Coerced by `coerceVariables`. */
  readonly variables: Variables;
  readonly context: OperationContext;
  /**
   * For a subscription: the result of its primary fetch, in the shape of `primary.operation` (response keys as that
   * text has them, `__typename` where it asks for it). The run writes to it.
   */
  readonly initialData?: JsonObject;
}

/** The outcome of one run. */
export interface Outcome {
  /** The `data` of the answer as JSON text; `null` when an error took all of it; undefined when nothing was run. */
  readonly dataText: string | undefined;
  readonly errors: readonly AnswerError[];
}

export interface RunSettings {
  /** The most errors that one answer tells. */
  readonly errorsMax: number;
  readonly format: ErrorFormatter;
}

/** Runs a prepared operation. Answers at once when every subgraph does. */
export function runPlan(
  prepared: PreparedOperation,
  input: RunPlanInput,
  settings: RunSettings,
): Outcome | Promise<Outcome> {
  if (prepared.refusals.length > 0) return { dataText: undefined, errors: prepared.refusals };
  invariant(!prepared.primary || input.initialData, 'a subscription is run with its primary result');
  const run: PlanRun = {
    data: input.initialData ?? {},
    variables: input.variables,
    context: input.context,
    notes: new FailureNotes(),
  };
  const pending = prepared.step?.(run);
  return pending ? pending.then(() => answer(prepared, run, settings)) : answer(prepared, run, settings);
}

/** The body of a GraphQL answer. */
export function toResponseText({ dataText, errors }: Outcome): string {
  if (errors.length === 0) return `{"data":${dataText ?? 'null'}}`;
  const told = JSON.stringify(errors);
  return dataText === undefined ? `{"errors":${told}}` : `{"errors":${told},"data":${dataText}}`;
}

function answer(prepared: PreparedOperation, run: PlanRun, settings: RunSettings): Outcome {
  const introspected = prepared.introspect?.(run.variables);
  if (run.notes.isEmpty && !introspected) {
    const dataText = prepared.write(run.data, run.variables);
    if (dataText !== '') return { dataText, errors: [] };
  }
  const { data, errors } = projectAnswer(prepared.selection, run.data, {
    notes: run.notes,
    variables: run.variables,
    errorsMax: settings.errorsMax,
    blame: blameOnce(run, settings.format),
    isSerial: prepared.type === OperationTypeNode.MUTATION,
  });
  return { dataText: JSON.stringify(data && introspected ? { ...data, ...introspected } : data), errors };
}

/** One incident per operation, however many places are empty. */
function blameOnce({ context }: PlanRun, format: ErrorFormatter): (place: string) => FormattedError {
  let incident: FormattedError | undefined;
  return (place) => {
    incident ??= format(new Defect(`A subgraph gave no value for ${place}, or one of another type.`), {
      correlationId: context.correlationId,
    });
    return incident;
  };
}
