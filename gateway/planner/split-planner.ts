import type { PlanNode } from '@graphql-hive/router-query-planner';
import { buildASTSchema, Kind, OperationTypeNode, parse, print } from 'graphql';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { cutOperation } from './cut-operation.ts';
import type { Cut, OperationPart, Position } from './cut-operation.ts';
import { dropUnused } from './drop-unused.ts';
import { createEntityRoots } from './entity-roots.ts';
import type { EntityRoots } from './entity-roots.ts';
import type { NativeConstructor } from './load-native-planner.ts';
import type { PlanQuestion } from './open-planner.ts';
import { createOverProvidedFinder, placeOf } from './over-provided.ts';
import type { FindOverProvided } from './over-provided.ts';
import { rebasePlan } from './rebase-plan.ts';

type NativePlanner = InstanceType<NativeConstructor>;
type IsPart = (position: Position) => boolean;

/** How deep parts of parts may be. */
const DEPTH_MAX = 10;

interface Splitting {
  readonly schema: GraphQLSchema;
  readonly roots: EntityRoots;
  readonly planner: NativePlanner;
}

/**
 * Plans in parts what cannot be planned at once. The planner of version 0.0.38 finds no plan for a field that requires
 * others of an entity below another one of the same type, when that one came from another subgraph; and it asks for
 * fields that are provided elsewhere only (`createOverProvidedFinder`). Such entities are then planned for as if the
 * operation began with them: the first part brings their keys, the next one the rest.
 */
export class SplitPlanner {
  readonly #Native: NativeConstructor;
  readonly #supergraph: DocumentNode;
  readonly #whole: NativePlanner;
  readonly #findOverProvided: FindOverProvided | undefined;
  #splitting: Splitting | undefined;

  constructor(Native: NativeConstructor, supergraph: DocumentNode, whole: NativePlanner) {
    this.#Native = Native;
    this.#supergraph = supergraph;
    this.#whole = whole;
    this.#findOverProvided = createOverProvidedFinder(supergraph);
  }

  /** @throws {Error} when neither the whole can be planned nor its parts */
  plan(question: PlanQuestion): PlanNode | undefined {
    return this.#planWith(this.#whole, question, DEPTH_MAX);
  }

  #planWith(planner: NativePlanner, question: PlanQuestion, depth: number): PlanNode | undefined {
    const outcome = tryToAsk(planner, question);
    const isPart = 'error' in outcome ? isBelowItsType : this.#isOverProvided(outcome.plan);
    const cut = isPart && depth > 0 ? this.#cut(question, isPart) : undefined;
    if (cut && cut.parts.length > 0) return this.#planParts(planner, question, { cut, depth });
    if ('error' in outcome) throw outcome.error;
    return outcome.plan;
  }

  #isOverProvided(plan: PlanNode | undefined): IsPart | undefined {
    const places = plan && this.#findOverProvided?.(plan);
    return places && places.size > 0 ? ({ path }) => places.has(placeOf(path)) : undefined;
  }

  #planParts(
    planner: NativePlanner,
    question: PlanQuestion,
    { cut, depth }: { readonly cut: Cut; readonly depth: number },
  ): PlanNode | undefined {
    const first = ask(planner, { ...question, text: textOf(cut.operation) });
    const rest = cut.parts.flatMap((part) => this.#planPart(part, { question, operation: cut.operation, depth }) ?? []);
    if (!first || rest.length === 0) return first;
    return {
      kind: 'Sequence',
      nodes: [first, rest.length === 1 && rest[0] ? rest[0] : { kind: 'Parallel', nodes: rest }],
    };
  }

  #planPart(
    { path, type, selectionSet }: OperationPart,
    {
      question,
      operation,
      depth,
    }: { readonly question: PlanQuestion; readonly operation: OperationDefinitionNode; readonly depth: number },
  ): PlanNode | undefined {
    const { roots, planner } = this.#prepared();
    const field = roots.byType.get(type)?.field ?? '';
    const part: OperationDefinitionNode = {
      ...operation,
      operation: OperationTypeNode.QUERY,
      selectionSet: {
        kind: Kind.SELECTION_SET,
        selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: field }, selectionSet }],
      },
    };
    const plan = this.#planWith(planner, { ...question, text: textOf(part) }, depth - 1);
    return plan && rebasePlan(plan, { serviceName: roots.serviceName, field, path });
  }

  #cut({ text }: PlanQuestion, isPart: IsPart): Cut | undefined {
    const [operation] = parse(text, { noLocation: true }).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) return undefined;
    const { schema, roots } = this.#prepared();
    return cutOperation(operation, { schema, roots: roots.byType, isPart });
  }

  /** Made when it is needed first: hardly any operation has to be split. */
  #prepared(): Splitting {
    if (this.#splitting) return this.#splitting;
    const roots = createEntityRoots(this.#supergraph);
    const schema = buildASTSchema(roots.supergraph, { assumeValidSDL: true });
    return (this.#splitting = { schema, roots, planner: new this.#Native(print(roots.supergraph)) });
  }
}

const isBelowItsType: IsPart = ({ type, above }) => above.has(type);

function tryToAsk(
  planner: NativePlanner,
  question: PlanQuestion,
): { readonly plan: PlanNode | undefined } | { readonly error: unknown } {
  try {
    return { plan: ask(planner, question) };
  } catch (error) {
    return { error };
  }
}

function ask(planner: NativePlanner, { text, operationName, labels, percentage }: PlanQuestion): PlanNode | undefined {
  return planner.plan(text, operationName, new Set(labels), percentage).node;
}

function textOf(operation: OperationDefinitionNode): string {
  return print(dropUnused({ kind: Kind.DOCUMENT, definitions: [operation] }));
}
