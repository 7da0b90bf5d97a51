import { getNamedType, isEnumType, isInputObjectType, Kind, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';

/** An element of the public schema that an operation uses. */
export interface UsedElement {
  /** `Type.field`, `Type.field(argument:)`, `Input.field` or `Enum.VALUE`. */
  readonly coordinate: string;
  /** Why it should not be used any more; undefined when it is not deprecated. */
  readonly deprecated: string | undefined;
}

/** What an operation uses, each once; of values that come as variables nothing is known. */
export function usedElementsOf(
  { definitions }: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
): readonly UsedElement[] {
  const used = new Map<string, UsedElement>();
  const note = (coordinate: string, deprecated: string | null | undefined): void => {
    used.set(coordinate, { coordinate, deprecated: deprecated ?? undefined });
  };
  const types = new TypeInfo(schema);
  const own = definitions.filter((each) => each === operation || each.kind === Kind.FRAGMENT_DEFINITION);
  const fieldPlace = (): string => `${types.getParentType()?.name ?? ''}.${types.getFieldDef()?.name ?? ''}`;
  const visitor = visitWithTypeInfo(types, {
    Field: () => {
      const field = types.getFieldDef();
      if (field && !field.name.startsWith('__')) note(fieldPlace(), field.deprecationReason);
    },
    Argument: () => {
      const argument = types.getArgument();
      if (argument && types.getDirective() == null) {
        note(`${fieldPlace()}(${argument.name}:)`, argument.deprecationReason);
      }
    },
    ObjectField: ({ name }) => {
      const parent = getNamedType(types.getParentInputType());
      if (isInputObjectType(parent))
        note(`${parent.name}.${name.value}`, parent.getFields()[name.value]?.deprecationReason);
    },
    EnumValue: ({ value }) => {
      const type = getNamedType(types.getInputType());
      if (isEnumType(type)) note(`${type.name}.${value}`, type.getValue(value)?.deprecationReason);
    },
  });
  for (const definition of own) visit(definition, visitor);
  return [...used.values()];
}
