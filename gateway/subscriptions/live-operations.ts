import { getArgumentValues, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { DocumentNode, FieldNode } from 'graphql';
import { canonicalJson } from '../../kernel/model/canonical-json.ts';
import { parseChangeCursor } from '../../kernel/model/change-cursor.ts';
import type { ChangeFilter } from '../../kernel/model/change-filter.ts';
import { invariant, Refusal } from '../../kernel/model/errors.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import type { Ids } from '../../kernel/ports/ids.ts';
import { AccessRules, findRefusals } from '../auth/access-rules.ts';
import { GraphqlEngine } from '../executor/graphql-engine.ts';
import type { ServedSupergraph } from '../executor/generation.ts';
import type { GraphqlEngineOptions } from '../executor/graphql-engine.ts';
import { OperationContext } from '../executor/operation-context.ts';
import type { RequestHeaders } from '../executor/operation-context.ts';
import { toResponseText } from '../executor/prepared-operation.ts';
import type { Outcome, PreparedOperation } from '../executor/prepared-operation.ts';
import type { Variables } from '../executor/subgraph-client.ts';
import { clientKeyOf } from '../limits/client-budgets.ts';
import { RequestRefused } from '../planner/request-refused.ts';
import type { RunFrame } from './frame-queue.ts';
import { entityKeysOf, toLiveSupergraph } from './live-supergraph.ts';
import { compileFrameProjection, type ProjectFrame } from './project-frame.ts';
import { readTopics, type PublishedEvent } from './read-topics.ts';
import { sharedIdentity } from './shared-identity.ts';
import { rootFieldOf, withoutCursor } from './subscription-document.ts';
import { filtersFor } from './subscription-filter.ts';
import type { SubscriptionLimits } from './subscription-limits.ts';
import type { Position, Topic } from './topic.ts';

export interface LiveOperationsOptions extends GraphqlEngineOptions {
  /** Answers queries; also plans subscriptions where no field is bound to a topic. */
  readonly engine: GraphqlEngine;
  /** The published events that topics name; undefined: no field is bound to a topic, whatever the schema says. */
  readonly events: readonly PublishedEvent[] | undefined;
  readonly subscriptionLimits: SubscriptionLimits;
  readonly ids: Ids;
}

export interface SubscriptionRequest {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Variables;
  readonly identity: Identity;
  /** Where it came from. */
  readonly address: string | undefined;
  /** Those of its connection, names in lower case. */
  readonly headers?: RequestHeaders;
  /** The last cursor that the client has seen, told by its transport; counts instead of `after`. */
  readonly lastSeen?: string | undefined;
}

/** A subscription that may begin. */
export interface LiveOperation {
  readonly document: DocumentNode;
  readonly topic: Topic;
  readonly filters: readonly ChangeFilter[];
  readonly minIntervalMs: number;
  readonly after: Position | undefined;
  /** Equal for callers whose subscriptions are counted together. */
  readonly client: string;
  /** Equal for all who are to be told the very same. */
  readonly groupKey: string;
  readonly run: RunFrame;
}

/** What one document needs, whoever sends it. */
interface Reading {
  readonly topic: Topic;
  readonly field: FieldNode;
  readonly project: ProjectFrame;
  /** The document without `after`, in one form. */
  readonly normalised: string;
  /** Variables that `after` alone uses. */
  readonly cursorVariables: ReadonlySet<string>;
  /** Whether something has to be fetched that no record carries. */
  readonly needsFetch: boolean;
}

/** What follows from one supergraph. A subscription runs to its end in the generation that it began in. */
interface LiveGeneration {
  /** Keeps subscriptions of different generations apart. */
  readonly ordinal: number;
  /** Knows the records of changes as a subgraph; clients are validated against the same schema as everywhere. */
  readonly engine: GraphqlEngine;
  readonly rules: AccessRules;
  readonly entityKeys: ReadonlyMap<string, string>;
  /** By field. */
  readonly topics: ReadonlyMap<string, Topic>;
  readonly readings: WeakMap<PreparedOperation, Reading>;
}

/** A subscription that its caller may begin. */
export interface AdmittedSubscription extends Pick<LiveGeneration, 'engine' | 'ordinal'> {
  readonly prepared: PreparedOperation;
  readonly coerced: Variables;
  readonly field: FieldNode;
}

interface Admitted extends AdmittedSubscription {
  readonly generation: LiveGeneration;
}

/** Makes subscriptions ready to run over the records of the change feed. */
export class LiveOperations {
  readonly #options: LiveOperationsOptions;
  #generation: LiveGeneration;

  constructor(options: LiveOperationsOptions) {
    this.#options = options;
    this.#generation = this.#read(options, 0)();
  }

  get topics(): ReadonlyMap<string, Topic> {
    return this.#generation.topics;
  }

  /**
   * Reads another supergraph. What it returns has it served from the next subscription on; to be called when the engine
   * for queries serves it.
   * @throws {SupergraphRefused} when it cannot be served
   * @throws {Defect} when a topic does not fit its event
   */
  prepareReload(next: ServedSupergraph): () => void {
    const read = this.#read(next, this.#generation.ordinal + 1);
    return () => {
      this.#generation = read();
    };
  }

  /**
   * Checks a subscription and takes its cost from its caller's budget.
   * @throws {RequestRefused} for an invalid document or variables, or fields that the caller may not read
   * @throws {Refusal} beyond a limit
   */
  admit({ query, operationName, variables, identity, address }: SubscriptionRequest): Admitted {
    const generation = this.#generation;
    const { engine, ordinal } = generation;
    const prepared = engine.prepare({ query, operationName }, identity);
    checkAccess(prepared.document, identity, generation);
    const coerced = engine.coerceVariables(prepared, variables);
    engine.charge(prepared, coerced, { identity, address });
    this.#options.budgets?.admitSubscription({ identity, address });
    return { generation, engine, ordinal, prepared, coerced, field: rootFieldOf(prepared) };
  }

  /** Whether its changes come from the change feed. */
  isLive({ generation, field }: Admitted): boolean {
    return generation.topics.has(field.name.value);
  }

  /**
   * @throws {Refusal} for arguments beyond their limits, a cursor that is not of this context, claims that do not reach
   */
  prepare(
    { generation, prepared, coerced }: Admitted,
    { identity, address, lastSeen }: SubscriptionRequest,
  ): LiveOperation {
    const reading = readingOf(prepared, generation);
    const definition = generation.engine.publicSchema.getSubscriptionType()?.getFields()[reading.topic.field];
    invariant(definition, 'a validated subscription selects a field of the root');
    const args = getArgumentValues(definition, reading.field, coerced);
    const { subscriptionLimits: limits } = this.#options;
    const filters = filtersFor(reading.topic, args, identity, limits);
    return {
      document: prepared.document,
      client: clientKeyOf({ identity, address }),
      topic: reading.topic,
      filters,
      minIntervalMs: minIntervalOf(args, limits),
      after: positionOf(lastSeen ?? args['after'], reading.topic),
      groupKey: groupKeyOf(reading, { ordinal: generation.ordinal, coerced, filters, identity }),
      run: this.#runOf(prepared, reading, { variables: coerced, identity: sharedIdentity(identity), generation }),
    };
  }

  /** @returns makes the generation; what can be wrong with the supergraph is found out before */
  #read({ supergraphSdl, clients }: ServedSupergraph, ordinal: number): () => LiveGeneration {
    const { events, engine } = this.#options;
    const liveSdl = events ? toLiveSupergraph(supergraphSdl) : supergraphSdl;
    const common = { ordinal, readings: new WeakMap<PreparedOperation, Reading>() };
    if (events === undefined || liveSdl === supergraphSdl) {
      return () => {
        const rules = new AccessRules(engine.supergraph.schema);
        return { ...common, engine, rules, entityKeys: new Map(), topics: new Map() };
      };
    }
    const live = new GraphqlEngine({ ...this.#options, clients, supergraphSdl: liveSdl });
    const { schema } = live.supergraph;
    const generation = {
      ...common,
      engine: live,
      rules: new AccessRules(schema),
      entityKeys: entityKeysOf(liveSdl),
      topics: readTopics(schema, events),
    };
    return () => generation;
  }

  #runOf(
    prepared: PreparedOperation,
    { project }: Reading,
    {
      variables,
      identity,
      generation: { engine },
    }: { readonly variables: Variables; readonly identity: Identity; readonly generation: LiveGeneration },
  ): RunFrame {
    const write = prepared.primaryWriterFor(variables);
    return (frame) => {
      // Most frames are what their records say, and there is nothing to run.
      const data = write?.(project(frame)) ?? '';
      if (data !== '') return `{"data":${data}}`;
      const context = new OperationContext({ identity, correlationId: this.#options.ids.next() });
      const outcome = engine.run(prepared, { variables, context, initialData: project(frame) });
      return outcome instanceof Promise ? outcome.then(textOf) : textOf(outcome);
    };
  }
}

/** Checked when it begins, because a frame without what was asked for would be no use. */
function checkAccess(document: DocumentNode, identity: Identity, { rules, engine }: LiveGeneration): void {
  const guarded = rules.guardedFieldsOf(document, engine.publicSchema);
  const refusals = [...findRefusals(identity, guarded).values()];
  if (refusals.length > 0) throw new RequestRefused(refusals);
}

function readingOf(prepared: PreparedOperation, generation: LiveGeneration): Reading {
  const known = generation.readings.get(prepared);
  if (known) return known;
  const field = rootFieldOf(prepared);
  const topic = generation.topics.get(field.name.value);
  if (!topic || !prepared.primary) throw new Refusal('BAD_USER_INPUT', `${field.name.value} cannot be subscribed to.`);
  const reading: Reading = {
    topic,
    field,
    project: compileFrameProjection(prepared.primary.operation, {
      schema: generation.engine.supergraph.schema,
      entityKeys: generation.entityKeys,
      topic,
    }),
    ...withoutCursor(prepared.document, topic.field),
    needsFetch: needsFetch(prepared.document, generation),
  };
  generation.readings.set(prepared, reading);
  return reading;
}

function needsFetch(document: DocumentNode, { engine, entityKeys }: LiveGeneration): boolean {
  const typeInfo = new TypeInfo(engine.publicSchema);
  let isNeeded = false;
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: ({ name }) => {
        const key = entityKeys.get(typeInfo.getParentType()?.name ?? '');
        if (key !== undefined && name.value !== key && name.value !== '__typename') isNeeded = true;
      },
    }),
  );
  return isNeeded;
}

/** @throws {RequestRefused} when an error has taken the whole frame, its cursor included */
function textOf(outcome: Outcome): string {
  if (outcome.dataText !== undefined && outcome.dataText !== 'null') return toResponseText(outcome);
  throw new RequestRefused(outcome.errors as RequestRefused['errors']);
}

function minIntervalOf(args: Readonly<Record<string, unknown>>, { minIntervalMsMax }: SubscriptionLimits): number {
  const given = args['minIntervalMs'];
  if (given === undefined || given === null) return 0;
  if (typeof given === 'number' && given >= 0 && given <= minIntervalMsMax) return given;
  throw new Refusal('BAD_USER_INPUT', `minIntervalMs must be 0 to ${minIntervalMsMax}.`, {
    argument: 'minIntervalMs',
    max: minIntervalMsMax,
  });
}

function positionOf(given: unknown, { context }: Topic): Position | undefined {
  if (typeof given !== 'string') return undefined;
  const { epoch, seq } = parseChangeCursor(given, context);
  return { epoch, seq };
}

function groupKeyOf(
  { normalised, cursorVariables, needsFetch }: Reading,
  parts: {
    readonly ordinal: number;
    readonly coerced: Variables;
    readonly filters: readonly ChangeFilter[];
    readonly identity: Identity;
  },
): string {
  const variables = Object.fromEntries(Object.entries(parts.coerced).filter(([name]) => !cursorVariables.has(name)));
  const rights = needsFetch ? sharedIdentity(parts.identity) : undefined;
  return canonicalJson({ ordinal: parts.ordinal, normalised, variables, filters: parts.filters, rights });
}
