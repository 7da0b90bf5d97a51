import { assertValidSchema, buildASTSchema, isScalarType, Kind, parse, visit } from 'graphql';
import { specifiedDirectives, specifiedScalarTypes } from 'graphql';
import type { DefinitionNode, DirectiveDefinitionNode, DocumentNode, GraphQLScalarType, GraphQLSchema } from 'graphql';
import { dropMissingTypes } from './drop-missing-types.ts';
import { toOperationDirective } from './operation-directive.ts';

/** Directives that mean something to a client. All others tell the hub how it works inside. */
const PUBLIC_DIRECTIVES = new Set(['deprecated', 'specifiedBy', 'oneOf']);
const SPECIFIED_DIRECTIVES = new Set(specifiedDirectives.map((directive) => directive.name));
const SPECIFIED_SCALARS = new Set(specifiedScalarTypes.map((scalar) => scalar.name));

/**
 * The schema that clients see and that their documents are validated against, made from the planner's consumer schema.
 * The planner drops what federation adds and what is inaccessible; `readConsumerSchema` drops composed directives and
 * the planner's own copies of the introspection types.
 * @param scalars how values of some scalars are checked
 */
export function buildPublicSchema(consumer: DocumentNode, scalars: readonly GraphQLScalarType[]): GraphQLSchema {
  const schema = buildASTSchema(consumer);
  for (const scalar of scalars) {
    const declared = schema.getType(scalar.name);
    if (!isScalarType(declared)) continue;
    declared.parseValue = scalar.parseValue;
    declared.parseLiteral = scalar.parseLiteral;
  }
  assertValidSchema(schema);
  return schema;
}

/** The planner's consumer schema without what is of no account to a client. */
export function readConsumerSchema(sdl: string): DocumentNode {
  const document = parse(sdl, { noLocation: true });
  const stripped = visit<DocumentNode>(document, {
    Directive: (node) => (PUBLIC_DIRECTIVES.has(node.name.value) ? undefined : null),
    FieldDefinition: (node) => (node.name.value.startsWith('__') ? null : undefined),
  });
  const definitions = stripped.definitions.flatMap((definition): readonly DefinitionNode[] =>
    definition.kind === Kind.DIRECTIVE_DEFINITION ? operationDirective(definition) : [definition],
  );
  return dropMissingTypes({ ...stripped, definitions: definitions.filter((definition) => !isInternal(definition)) });
}

/** Those of GraphQL itself are there without being defined. */
function operationDirective(definition: DirectiveDefinitionNode): readonly DirectiveDefinitionNode[] {
  return SPECIFIED_DIRECTIVES.has(definition.name.value) ? [] : toOperationDirective(definition);
}

function isInternal(definition: DefinitionNode): boolean {
  const name = 'name' in definition ? definition.name?.value : undefined;
  return name !== undefined && (name.startsWith('__') || SPECIFIED_SCALARS.has(name));
}
