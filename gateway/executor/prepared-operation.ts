import { OperationTypeNode, parse } from 'graphql';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { ErrorFormatter, FormattedError } from '../../kernel/graphql/format-error.ts';
import { LruMap } from '../../kernel/graphql/lru-map.ts';
import { Defect, invariant } from '../../kernel/model/errors.ts';
import type { HiddenNames } from '../contracts/hidden-names.ts';
import type { ConditionValues } from '../planner/resolve-selections.ts';
import type { PrimaryFetch } from './compile-plan.ts';
import { FailureNotes } from './failure-notes.ts';
import type { JsonObject } from './merge-data.ts';
import type { OperationContext } from './operation-context.ts';
import type { ReadOperation } from './operation-store.ts';
import { compileVariant } from './operation-variant.ts';
import type { OperationVariant, VariantContext } from './operation-variant.ts';
import type { PlanRun } from './plan-run.ts';
import { projectAnswer } from './project-answer.ts';
import type { AnswerError, BlamedPlace } from './project-answer.ts';
import { responseKeysOf } from './response-keys.ts';
import type { SubgraphError, Variables } from './subgraph-client.ts';
import type { WriteAnswer } from './write-answer.ts';

/** The most combinations of condition values that one operation is kept compiled for. */
const VARIANTS_MAX = 64;

/** An operation of a validated document, for callers with the same rights. */
export class PreparedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly #read: ReadOperation;
  readonly #context: VariantContext;
  readonly #variants = new LruMap<string, OperationVariant>(VARIANTS_MAX);

  constructor(read: ReadOperation, context: VariantContext) {
    this.document = read.document;
    this.operation = read.operation;
    this.#read = read;
    this.#context = context;
  }

  /** The variables that decide what is skipped. */
  get conditionVariables(): readonly string[] {
    return this.#read.conditionVariables;
  }

  /** The public schema that it was validated against. */
  get schema(): GraphQLSchema {
    return this.#context.planner.publicSchema;
  }

  /** What the texts of its errors may not name. */
  get hiddenNames(): HiddenNames | undefined {
    return this.#context.planner.hiddenNames;
  }

  get type(): OperationTypeNode {
    return this.operation.operation;
  }

  /**
   * For a subscription the fetch whose result each run is given, with everything that any values of its conditions
   * could ask for; undefined for other operations.
   */
  get primary(): PrimaryFetch | undefined {
    if (this.type !== OperationTypeNode.SUBSCRIPTION) return undefined;
    return this.#variant('all', undefined).primary;
  }

  /**
   * Writes the data of the answer to a subscription's event as `runPlan` would, where the result of the primary fetch is
   * all that it is made of; empty when that result is out of the ordinary. Undefined where there is more to do.
   */
  primaryWriterFor(variables: Variables): WriteAnswer | undefined {
    if (!this.#context.planner.overrides.isEmpty) return undefined;
    const { primary, step, refusals, introspect, write } = this.variantFor(variables);
    return primary && !step && refusals.length === 0 && !introspect ? write : undefined;
  }

  /** The operation as it runs with these variables; overrides that hold for some operations go by their id. */
  variantFor(variables: Variables, correlationId = ''): OperationVariant {
    const key = this.#read.conditionVariables.map((name) => (variables[name] === true ? '1' : '0')).join('');
    const { overrides } = this.#context.planner;
    if (overrides.isEmpty) return this.#variant(key, variables);
    const overrideLevel = overrides.levelOf(correlationId);
    return this.#variant(`${key} ${overrideLevel}`, variables, overrideLevel);
  }

  #variant(key: string, values: ConditionValues, overrideLevel = 0): OperationVariant {
    const known = this.#variants.get(key);
    if (known) return known;
    const variant = compileVariant(this.#read, values, { ...this.#context, overrideLevel });
    this.#variants.set(key, variant);
    return variant;
  }
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
  /** What was told to be wrong with it. */
  readonly initialErrors?: readonly SubgraphError[];
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
  const variant = prepared.variantFor(input.variables, input.context.correlationId);
  if (variant.refusals.length > 0) return { dataText: undefined, errors: variant.refusals };
  invariant(!variant.primary || input.initialData, 'a subscription is run with its primary result');
  const run: PlanRun = {
    data: input.initialData ?? {},
    variables: input.variables,
    context: input.context,
    notes: new FailureNotes(),
  };
  if (variant.primary) noteErrors(run, input.initialErrors ?? [], variant.primary);
  const isSerial = prepared.type === OperationTypeNode.MUTATION;
  const pending = variant.step?.(run);
  return pending
    ? pending.then(() => answerOrRefuse(variant, run, { ...settings, isSerial }))
    : answerOrRefuse(variant, run, { ...settings, isSerial });
}

/** Errors of a primary fetch, at their places, or at all of its fields when it brought nothing. */
function noteErrors(run: PlanRun, errors: readonly SubgraphError[], { operation }: PrimaryFetch): void {
  if (errors.length === 0) return;
  const hasData = Object.keys(run.data).length > 0;
  const keys = responseKeysOf(parse(operation, { noLocation: true }));
  for (const { path, ...error } of errors) {
    if (hasData && path) run.notes.noteAt(run.data, path, error);
    else run.notes.noteMissing(run.data, keys, error);
  }
}

/** The body of a GraphQL answer. */
export function toResponseText({ dataText, errors }: Outcome): string {
  if (errors.length === 0) return `{"data":${dataText ?? 'null'}}`;
  const told = JSON.stringify(errors);
  return dataText === undefined ? `{"errors":${told}}` : `{"errors":${told},"data":${dataText}}`;
}

/** An answer that is too large is none. */
function answerOrRefuse(
  variant: OperationVariant,
  run: PlanRun,
  settings: RunSettings & { readonly isSerial: boolean },
): Outcome {
  try {
    return answer(variant, run, settings);
  } catch (error) {
    const { correlationId } = run.context;
    return { dataText: undefined, errors: [settings.format(error, { correlationId })] };
  }
}

function answer(
  variant: OperationVariant,
  run: PlanRun,
  settings: RunSettings & { readonly isSerial: boolean },
): Outcome {
  const introspected = variant.introspect?.(run.variables);
  if (run.notes.isEmpty && !introspected) {
    const dataText = variant.write(run.data);
    if (dataText !== '') return { dataText, errors: [] };
  }
  const { data, errors } = projectAnswer(variant.selection, run.data, {
    notes: run.notes,
    errorsMax: settings.errorsMax,
    charactersMax: variant.responseBytesMax,
    blame: blameOnce(run, variant, settings.format),
    isSerial: settings.isSerial,
  });
  return { dataText: JSON.stringify(data && introspected ? { ...data, ...introspected } : data), errors };
}

/** One incident per operation, however many places are empty; each names the subgraph that was asked for it. */
function blameOnce(
  { context }: PlanRun,
  { sourceOf }: OperationVariant,
  format: ErrorFormatter,
): (place: BlamedPlace) => AnswerError {
  let incident: FormattedError | undefined;
  return ({ typeName, name }) => {
    const service = sourceOf(typeName, name);
    incident ??= format(
      new Defect(`A subgraph gave no value for ${typeName}.${name}, or one of another type.`, { service }),
      { correlationId: context.correlationId },
    );
    return service === undefined ? incident : { ...incident, extensions: { ...incident.extensions, service } };
  };
}
