import type { PlanNode } from '@graphql-hive/router-query-planner';
import { buildASTSchema, Kind, OperationTypeNode, parse, print } from 'graphql';
import type { DocumentNode, FieldNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { cutOperation } from './cut-operation.ts';
import type { Cut, OperationPart, Position } from './cut-operation.ts';
import { dropUnused } from './drop-unused.ts';
import { countKeyRanks, createEntityRoots } from './entity-roots.ts';
import type { EntityRoots } from './entity-roots.ts';
import type { NativeConstructor } from './load-native-planner.ts';
import type { PlanQuestion } from './open-planner.ts';
import { createOverProvidedFinder, placeOf } from './over-provided.ts';
import type { FindOverProvided } from './over-provided.ts';
import { rebasePlan } from './rebase-plan.ts';
import { repairFetches } from './repair-fetches.ts';

type NativePlanner = InstanceType<NativeConstructor>;
type IsPart = (position: Position) => boolean;

/** How deep parts of parts may be. */
const DEPTH_MAX = 10;
/** How often the planner is asked for one operation. */
const ASKS_MAX = 100;

/** A way to split: by one key of each type. */
interface Splitting {
  readonly schema: GraphQLSchema;
  readonly roots: EntityRoots;
  readonly planner: NativePlanner;
}

interface Task {
  readonly planner: NativePlanner;
  readonly question: PlanQuestion;
  readonly depth: number;
  readonly budget: { asks: number };
}

/**
 * Plans in parts what cannot be planned at once. The planner of version 0.0.38 finds no plan for a hop from an entity below
 * another one of the same type, when that one came from another subgraph; and it asks for fields that are provided
 * elsewhere only (`createOverProvidedFinder`). Such entities are then planned for as if the operation began with them: the
 * first part brings their keys, the next one the rest.
 */
export class SplitPlanner {
  readonly #Native: NativeConstructor;
  readonly #supergraph: DocumentNode;
  readonly #whole: NativePlanner;
  readonly #findOverProvided: FindOverProvided | undefined;
  readonly #keyRanks: number;
  readonly #splittings: Splitting[] = [];

  constructor(Native: NativeConstructor, supergraph: DocumentNode, whole: NativePlanner) {
    this.#Native = Native;
    this.#supergraph = supergraph;
    this.#whole = whole;
    this.#findOverProvided = createOverProvidedFinder(supergraph);
    this.#keyRanks = countKeyRanks(supergraph);
  }

  /** @throws {Error} when neither the whole can be planned nor its parts */
  plan(question: PlanQuestion): PlanNode | undefined {
    return this.#plan({ planner: this.#whole, question, depth: 0, budget: { asks: 0 } });
  }

  #plan(task: Task): PlanNode | undefined {
    const outcome = attempt(() => ask(task));
    const isPart = 'error' in outcome ? isBelowItsType : this.#isOverProvided(outcome.plan);
    const split = isPart && task.depth < DEPTH_MAX ? this.#planSplit(task, isPart) : undefined;
    if (split) return split.plan;
    if ('error' in outcome) throw outcome.error;
    return outcome.plan;
  }

  #isOverProvided(plan: PlanNode | undefined): IsPart | undefined {
    const places = plan && this.#findOverProvided?.(plan);
    return places && places.size > 0 ? ({ path }) => places.has(placeOf(path)) : undefined;
  }

  /** By the first key that the subgraph has which the entities come from. */
  #planSplit(task: Task, isPart: IsPart): { readonly plan: PlanNode | undefined } | undefined {
    const [operation] = parse(task.question.text, { noLocation: true }).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) return undefined;
    for (let rank = 0; rank < this.#keyRanks; rank++) {
      const splitting = this.#splittingBy(rank);
      const cut = cutOperation(operation, { schema: splitting.schema, roots: splitting.roots.byType, isPart });
      if (cut.parts.length === 0) return undefined;
      const outcome = attempt(() => this.#planParts(task, cut, splitting));
      if ('plan' in outcome) return outcome;
    }
    return undefined;
  }

  #planParts(task: Task, { operation, parts }: Cut, splitting: Splitting): PlanNode | undefined {
    const first = ask({ ...task, question: { ...task.question, text: textOf(operation) } });
    const rest = parts.flatMap(
      (part) => this.#planPart(task, toOperation(part, operation, splitting), splitting) ?? [],
    );
    const [only] = rest;
    if (!first || !only) return first;
    return { kind: 'Sequence', nodes: [first, rest.length === 1 ? only : { kind: 'Parallel', nodes: rest }] };
  }

  #planPart(task: Task, { text, field, path }: PartOperation, { planner, roots }: Splitting): PlanNode | undefined {
    const plan = this.#plan({ ...task, planner, question: { ...task.question, text }, depth: task.depth + 1 });
    return plan && rebasePlan(plan, { serviceName: roots.serviceName, field, path });
  }

  /** Made when it is needed first: hardly any operation has to be split. */
  #splittingBy(rank: number): Splitting {
    const known = this.#splittings[rank];
    if (known) return known;
    const roots = createEntityRoots(this.#supergraph, rank);
    const schema = buildASTSchema(roots.supergraph, { assumeValidSDL: true });
    const made = { schema, roots, planner: new this.#Native(print(roots.supergraph)) };
    this.#splittings[rank] = made;
    return made;
  }
}

const isBelowItsType: IsPart = ({ type, above }) => above.has(type);

interface PartOperation {
  readonly text: string;
  readonly field: string;
  readonly path: OperationPart['path'];
}

function toOperation(
  { path, type, selectionSet }: OperationPart,
  whole: OperationDefinitionNode,
  { roots }: Splitting,
): PartOperation {
  const field = roots.byType.get(type)?.field ?? '';
  const selection: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: field }, selectionSet };
  const selections = { kind: Kind.SELECTION_SET as const, selections: [selection] };
  return { text: textOf({ ...whole, operation: OperationTypeNode.QUERY, selectionSet: selections }), field, path };
}

function attempt(
  plan: () => PlanNode | undefined,
): { readonly plan: PlanNode | undefined } | { readonly error: unknown } {
  try {
    return { plan: plan() };
  } catch (error) {
    return { error };
  }
}

function ask({ planner, question, budget }: Task): PlanNode | undefined {
  if (budget.asks++ >= ASKS_MAX) throw new Error('The operation has too many parts that are planned apart.');
  const { text, operationName, labels, percentage } = question;
  const { node } = planner.plan(text, operationName, new Set(labels), percentage);
  return node && repairFetches(node);
}

function textOf(operation: OperationDefinitionNode): string {
  return print(dropUnused({ kind: Kind.DOCUMENT, definitions: [operation] }));
}
