import { getArgumentValues, Kind, print, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { DocumentNode, FieldNode, SelectionSetNode } from 'graphql';
import { canonicalJson } from '../../kernel/model/canonical-json.ts';
import { parseChangeCursor } from '../../kernel/model/change-cursor.ts';
import type { ChangeFilter } from '../../kernel/model/change-filter.ts';
import { invariant, Refusal } from '../../kernel/model/errors.ts';
import { ANONYMOUS_SUBJECT, isAuthenticated } from '../../kernel/model/identity.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import type { Ids } from '../../kernel/ports/ids.ts';
import { AccessRules, findRefusals } from '../auth/access-rules.ts';
import { GraphqlEngine } from '../executor/graphql-engine.ts';
import type { GraphqlEngineOptions } from '../executor/graphql-engine.ts';
import { OperationContext } from '../executor/operation-context.ts';
import { toResponseText } from '../executor/prepared-operation.ts';
import type { Outcome, PreparedOperation } from '../executor/prepared-operation.ts';
import type { Variables } from '../executor/subgraph-client.ts';
import { clientKeyOf } from '../limits/client-budgets.ts';
import { RequestRefused } from '../planner/request-refused.ts';
import type { RunFrame } from './frame-queue.ts';
import { entityKeysOf, toLiveSupergraph } from './live-supergraph.ts';
import { compileFrameProjection, type ProjectFrame } from './project-frame.ts';
import { readTopics, type PublishedEvent } from './read-topics.ts';
import { filtersFor } from './subscription-filter.ts';
import type { SubscriptionLimits } from './subscription-limits.ts';
import type { Position, Topic } from './topic.ts';

export interface LiveOperationsOptions extends GraphqlEngineOptions {
  readonly events: readonly PublishedEvent[];
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

/** Makes subscriptions ready to run over the records of the change feed. */
export class LiveOperations {
  readonly topics: ReadonlyMap<string, Topic>;
  readonly #options: LiveOperationsOptions;
  /** Knows the records of changes as a subgraph; clients are validated against the same schema as everywhere. */
  readonly #engine: GraphqlEngine;
  readonly #rules: AccessRules;
  readonly #entityKeys: ReadonlyMap<string, string>;
  readonly #readings = new WeakMap<PreparedOperation, Reading>();

  constructor(options: LiveOperationsOptions) {
    const liveSdl = toLiveSupergraph(options.supergraphSdl);
    this.#options = options;
    this.#engine = new GraphqlEngine({ ...options, supergraphSdl: liveSdl });
    this.#rules = new AccessRules(this.#engine.supergraph.schema);
    this.#entityKeys = entityKeysOf(liveSdl);
    this.topics = readTopics(this.#engine.supergraph.schema, options.events);
  }

  /**
   * @throws {RequestRefused} for an invalid document or variables, or fields that the caller may not read
   * @throws {Refusal} for arguments beyond their limits, a cursor that is not of this context, claims that do not reach
   */
  prepare({ query, operationName, variables, identity, address, lastSeen }: SubscriptionRequest): LiveOperation {
    const prepared = this.#engine.prepare({ query, operationName }, identity);
    this.#checkAccess(prepared.document, identity);
    const reading = this.#read(prepared);
    const coerced = this.#engine.coerceVariables(prepared, variables);
    this.#engine.charge(prepared, coerced, { identity, address });
    this.#options.budgets?.admitSubscription({ identity, address });
    const definition = this.#engine.publicSchema.getSubscriptionType()?.getFields()[reading.topic.field];
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
      groupKey: groupKeyOf(reading, { coerced, filters, identity }),
      run: this.#runOf(prepared, reading, { variables: coerced, identity: sharedIdentity(identity) }),
    };
  }

  /** Checked when it begins, because a frame without what was asked for would be no use. */
  #checkAccess(document: DocumentNode, identity: Identity): void {
    const guarded = this.#rules.guardedFieldsOf(document, this.#engine.publicSchema);
    const refusals = [...findRefusals(identity, guarded).values()];
    if (refusals.length > 0) throw new RequestRefused(refusals);
  }

  #read(prepared: PreparedOperation): Reading {
    const known = this.#readings.get(prepared);
    if (known) return known;
    const field = rootFieldOf(prepared);
    const topic = this.topics.get(field.name.value);
    if (!topic || !prepared.primary)
      throw new Refusal('BAD_USER_INPUT', `${field.name.value} cannot be subscribed to.`);
    const reading: Reading = {
      topic,
      field,
      project: compileFrameProjection(prepared.primary.operation, {
        schema: this.#engine.supergraph.schema,
        entityKeys: this.#entityKeys,
        topic,
      }),
      ...withoutCursor(prepared.document, topic.field),
      needsFetch: this.#needsFetch(prepared.document),
    };
    this.#readings.set(prepared, reading);
    return reading;
  }

  #needsFetch(document: DocumentNode): boolean {
    const typeInfo = new TypeInfo(this.#engine.publicSchema);
    let isNeeded = false;
    visit(
      document,
      visitWithTypeInfo(typeInfo, {
        Field: ({ name }) => {
          const key = this.#entityKeys.get(typeInfo.getParentType()?.name ?? '');
          if (key !== undefined && name.value !== key && name.value !== '__typename') isNeeded = true;
        },
      }),
    );
    return isNeeded;
  }

  #runOf(
    prepared: PreparedOperation,
    { project }: Reading,
    { variables, identity }: { readonly variables: Variables; readonly identity: Identity },
  ): RunFrame {
    return (frame) => {
      const context = new OperationContext({ identity, correlationId: this.#options.ids.next() });
      const outcome = this.#engine.run(prepared, { variables, context, initialData: project(frame) });
      return outcome instanceof Promise ? outcome.then(textOf) : textOf(outcome);
    };
  }
}

/** @throws {RequestRefused} when an error has taken the whole frame, its cursor included */
function textOf(outcome: Outcome): string {
  if (outcome.dataText !== undefined && outcome.dataText !== 'null') return toResponseText(outcome);
  throw new RequestRefused(outcome.errors as RequestRefused['errors']);
}

function rootFieldOf({ operation, document }: PreparedOperation): FieldNode {
  const find = (selectionSet: SelectionSetNode): FieldNode | undefined => {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) return selection;
      const inner =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : document.definitions.find(
              (definition) =>
                definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value,
            );
      const found = inner && 'selectionSet' in inner && inner.selectionSet ? find(inner.selectionSet) : undefined;
      if (found) return found;
    }
    return undefined;
  };
  const field = find(operation.selectionSet);
  invariant(field, 'a validated subscription selects a field');
  return field;
}

/** Clients of one group are at different places, so the cursor is no part of what they have in common. */
function withoutCursor(
  document: DocumentNode,
  rootField: string,
): { readonly normalised: string; readonly cursorVariables: ReadonlySet<string> } {
  const before = usesOf(document);
  const stripped = visit(document, {
    Field: (node) =>
      node.name.value === rootField
        ? { ...node, arguments: (node.arguments ?? []).filter((argument) => argument.name.value !== 'after') }
        : undefined,
  });
  const remaining = usesOf(stripped);
  const cursorVariables = new Set([...before].filter((name) => !remaining.has(name)));
  const normalised = visit(stripped, {
    VariableDefinition: (node) => (cursorVariables.has(node.variable.name.value) ? null : undefined),
  });
  return { normalised: print(normalised), cursorVariables };
}

function usesOf(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => {
      names.add(name.value);
    },
  });
  return names;
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
    readonly coerced: Variables;
    readonly filters: readonly ChangeFilter[];
    readonly identity: Identity;
  },
): string {
  const variables = Object.fromEntries(Object.entries(parts.coerced).filter(([name]) => !cursorVariables.has(name)));
  const rights = needsFetch ? sharedIdentity(parts.identity) : undefined;
  return canonicalJson({ normalised, variables, filters: parts.filters, rights });
}

/** What callers with the same rights have in common; other subgraphs are asked in its name. */
function sharedIdentity(identity: Identity): Identity {
  const { scopes, stores, customer, policies, contract } = identity;
  return {
    subject: isAuthenticated(identity) ? 'subscription-group' : ANONYMOUS_SUBJECT,
    clientId: 'stockwire-gateway',
    scopes: [...scopes].sort(),
    stores: stores === '*' ? stores : [...stores].sort(),
    ...(customer !== undefined && { customer }),
    ...(policies && { policies: [...policies].sort() }),
    ...(contract !== undefined && { contract }),
  };
}
