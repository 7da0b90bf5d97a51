import { getNamedType, isInputObjectType, Kind, typeFromAST } from 'graphql';
import type { DocumentNode, GraphQLInputType, GraphQLNamedInputType, GraphQLSchema } from 'graphql';

/** Whether a variable of the document has a type that holds objects of itself, however far down. */
export function takesRecursiveInput(document: DocumentNode, schema: GraphQLSchema): boolean {
  return document.definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      (definition.variableDefinitions ?? []).some(({ type }) => {
        const declared = typeFromAST(schema, type) as GraphQLInputType | undefined;
        return declared !== undefined && isRecursive(getNamedType(declared), []);
      }),
  );
}

function isRecursive(type: GraphQLNamedInputType, above: readonly GraphQLNamedInputType[]): boolean {
  if (!isInputObjectType(type)) return false;
  if (above.includes(type)) return true;
  return Object.values(type.getFields()).some((field) => isRecursive(getNamedType(field.type), [...above, type]));
}
