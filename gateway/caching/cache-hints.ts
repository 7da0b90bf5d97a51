import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  Kind,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type {
  ConstDirectiveNode,
  DocumentNode,
  FieldNode,
  GraphQLField,
  GraphQLNamedType,
  GraphQLSchema,
} from 'graphql';
import { AccessRules, findRefusals } from '../auth/access-rules.ts';
import { ANONYMOUS } from '../auth/authenticator.ts';

/** Arguments that ask for an answer of a certain time; what is kept may be of another one. */
const FRESHNESS_ARGUMENTS: ReadonlySet<string> = new Set(['atLeast', 'asOf']);
const ENTITIES_FIELD = '_entities';

interface Hint {
  readonly maxAgeMs: number | undefined;
  readonly isPrivate: boolean;
  readonly inherits: boolean;
}

/**
 * How long answers may be kept, by `@cacheControl(maxAge, scope, inheritMaxAge)` on fields and types of the supergraph.
 * A field of the root, an entity, and a field of an object type without a hint are not kept; a leaf follows its parent;
 * the shortest age counts. What an interface or union may turn out to be counts with it.
 *
 * Source: https://www.apollographql.com/docs/apollo-server/performance/caching
 */
export class CacheHints {
  readonly #schema: GraphQLSchema;
  readonly #rules: AccessRules;

  constructor(supergraph: GraphQLSchema) {
    this.#schema = supergraph;
    this.#rules = new AccessRules(supergraph);
  }

  /**
   * For an operation of a client, or one for a subgraph. Undefined when it may not be kept: because a hint is missing or
   * says so, because a caller without rights would not be told all of it, or because it asks for fresh data.
   */
  maxAgeMsOf(document: DocumentNode): number | undefined {
    if (!document.definitions.every(isQueryOrFragment)) return undefined;
    const agesMs = this.#agesOf(document);
    const maxAgeMs = Math.min(...agesMs);
    if (agesMs.length === 0 || maxAgeMs <= 0) return undefined;
    const isForEverybody = findRefusals(ANONYMOUS, this.#rules.guardedFieldsOf(document, this.#schema)).size === 0;
    return isForEverybody ? maxAgeMs : undefined;
  }

  #agesOf(document: DocumentNode): readonly number[] {
    const agesMs: number[] = [];
    const typeInfo = new TypeInfo(this.#schema);
    const add = (hint: Hint | undefined, follows: boolean): void => {
      if (hint?.isPrivate) agesMs.push(0);
      else if (hint?.maxAgeMs !== undefined) agesMs.push(hint.maxAgeMs);
      else if (!follows && !hint?.inherits) agesMs.push(0);
    };
    visit(
      document,
      visitWithTypeInfo(typeInfo, {
        Argument: ({ name }) => {
          if (FRESHNESS_ARGUMENTS.has(name.value)) agesMs.push(0);
        },
        Field: (node) => {
          const field = typeInfo.getFieldDef();
          if (node.name.value === '__typename') return;
          if (field) add(hintOfField(field), isFollower(field, typeInfo.getParentType(), this.#schema));
          if (field) for (const hint of this.#hintsOfTypes(field, typeInfo.getParentType())) add(hint, true);
          else if (node.name.value !== ENTITIES_FIELD) agesMs.push(0);
          else for (const type of entityTypesOf(node, this.#schema)) add(hintOf(type), false);
        },
      }),
    );
    return agesMs;
  }

  /** Of the field as object types have it, and of the object types that it may return. */
  #hintsOfTypes(
    { name, type }: GraphQLField<unknown, unknown>,
    parent: GraphQLNamedType | null | undefined,
  ): readonly (Hint | undefined)[] {
    const returned = getNamedType(type);
    const holders = isAbstractType(parent) ? this.#schema.getPossibleTypes(parent) : [];
    return [
      ...holders.map((holder) => hintIn(holder.getFields()[name]?.astNode?.directives)),
      ...(isAbstractType(returned) ? this.#schema.getPossibleTypes(returned).map(hintOf) : []),
    ];
  }
}

function isQueryOrFragment(definition: DocumentNode['definitions'][number]): boolean {
  if (definition.kind === Kind.FRAGMENT_DEFINITION) return true;
  return definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.QUERY;
}

function entityTypesOf({ selectionSet }: FieldNode, schema: GraphQLSchema): readonly GraphQLNamedType[] {
  return (selectionSet?.selections ?? []).flatMap((selection) => {
    const name = selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition?.name.value : undefined;
    return (name !== undefined && schema.getType(name)) || [];
  });
}

/** A leaf follows its parent, unless it stands at the root. */
function isFollower(
  { type }: GraphQLField<unknown, unknown>,
  parent: GraphQLNamedType | null | undefined,
  schema: GraphQLSchema,
): boolean {
  return !isCompositeType(getNamedType(type)) && parent !== schema.getQueryType();
}

function hintOfField(field: GraphQLField<unknown, unknown>): Hint | undefined {
  return hintIn(field.astNode?.directives) ?? hintOf(getNamedType(field.type));
}

function hintOf(type: GraphQLNamedType): Hint | undefined {
  return hintIn(type.astNode?.directives);
}

function hintIn(directives: readonly ConstDirectiveNode[] | undefined): Hint | undefined {
  const directive = directives?.find(({ name }) => name.value === 'cacheControl');
  if (!directive) return undefined;
  const value = (name: string) => directive.arguments?.find((argument) => argument.name.value === name)?.value;
  const [maxAge, scope, inherits] = [value('maxAge'), value('scope'), value('inheritMaxAge')];
  return {
    maxAgeMs: maxAge?.kind === Kind.INT ? Number(maxAge.value) * 1_000 : undefined,
    isPrivate: scope?.kind === Kind.ENUM && scope.value === 'PRIVATE',
    inherits: inherits?.kind === Kind.BOOLEAN && inherits.value,
  };
}
