import { getNamedType, isCompositeType, isObjectType, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { DocumentNode, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { findAccessRefusal, joinRequirements, readAccessRequirement } from '../../kernel/graphql/access-requirement.ts';
import type { AccessRequirement } from '../../kernel/graphql/access-requirement.ts';
import { typeRequirement } from '../../kernel/graphql/enforce-access.ts';
import { formatDomainError } from '../../kernel/graphql/format-error.ts';
import type { FormattedError } from '../../kernel/graphql/format-error.ts';
import type { Identity } from '../../kernel/model/identity.ts';

/**
 * What becomes of an operation with fields that the caller may not read. `filter`: those are null with an error, the
 * rest is answered. `refuse`: nothing of it runs.
 */
export type AccessMode = 'filter' | 'refuse';

/** A field of an object type that asks something of the caller. */
export interface GuardedField {
  /** `Type.field`. */
  readonly place: string;
  readonly requirement: AccessRequirement;
}

/** What the fields of the supergraph ask of the caller, each worked out once. */
export class AccessRules {
  readonly #supergraph: GraphQLSchema;
  readonly #known = new Map<string, GuardedField | undefined>();

  /** @param supergraph the schema with its directives */
  constructor(supergraph: GraphQLSchema) {
    this.#supergraph = supergraph;
  }

  /**
   * The distinct guarded fields of a validated document, under every object type that they may be met on: a field that
   * is selected on an interface is answered by the interface's types.
   */
  guardedFieldsOf(document: DocumentNode, publicSchema: GraphQLSchema): GuardedField[] {
    const found = new Set<GuardedField>();
    const typeInfo = new TypeInfo(publicSchema);
    visit(
      document,
      visitWithTypeInfo(typeInfo, {
        Field: ({ name }) => {
          const parent = typeInfo.getParentType();
          if (!isCompositeType(parent)) return;
          const types = isObjectType(parent) ? [parent] : publicSchema.getPossibleTypes(parent);
          for (const type of types) {
            const guarded = this.#guardOf(type.name, name.value);
            if (guarded) found.add(guarded);
          }
        },
      }),
    );
    return [...found];
  }

  /**
   * Composition gives an interface what any of its types asks for. Where one of them does, each is asked for its own;
   * a requirement that stands on the interface alone is meant for all of them.
   */
  #requirementOf(type: GraphQLObjectType, fieldName: string): AccessRequirement | undefined {
    const field = type.getFields()[fieldName];
    if (!field) return undefined;
    const faces = type.getInterfaces().filter((face) => {
      const types = this.#supergraph.getPossibleTypes(face);
      return face.getFields()[fieldName] && !types.some((each) => ownRequirement(each, fieldName));
    });
    return joinRequirements([
      ownRequirement(type, fieldName),
      typeRequirement(getNamedType(field.type)),
      ...faces.map((face) =>
        readAccessRequirement([face.astNode, ...face.extensionASTNodes, face.getFields()[fieldName]?.astNode]),
      ),
    ]);
  }

  #guardOf(typeName: string, fieldName: string): GuardedField | undefined {
    const place = `${typeName}.${fieldName}`;
    if (this.#known.has(place)) return this.#known.get(place);
    const type = this.#supergraph.getType(typeName);
    const requirement = isObjectType(type) ? this.#requirementOf(type, fieldName) : undefined;
    const guarded = requirement && { place, requirement };
    this.#known.set(place, guarded);
    return guarded;
  }
}

/** What a type's own definition asks for one of its fields. */
function ownRequirement(type: GraphQLObjectType, fieldName: string): AccessRequirement | undefined {
  const field = type.getFields()[fieldName];
  return readAccessRequirement([type.astNode, ...type.extensionASTNodes, field?.astNode]);
}

/** The errors of the fields that `identity` may not read, by place. */
export function findRefusals(
  identity: Identity,
  guardedFields: readonly GuardedField[],
): ReadonlyMap<string, FormattedError> {
  const refusals = new Map<string, FormattedError>();
  for (const { place, requirement } of guardedFields) {
    const refusal = findAccessRefusal(identity, requirement, place);
    if (refusal) refusals.set(place, formatDomainError(refusal));
  }
  return refusals;
}
