import { BREAK, Kind, parseType, TypeInfo, valueFromASTUntyped, visit, visitWithTypeInfo } from 'graphql';
import type { DocumentNode, GraphQLSchema, ValueNode, VariableDefinitionNode } from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/** A document without variables inside of objects, and what it has to be given instead. */
export interface LiftedDocument {
  readonly document: DocumentNode;
  /** The variables that it takes, made from those of the original. */
  readonly lift: (variables: Variables) => Variables;
}

interface Lifted {
  readonly name: string;
  readonly value: ValueNode;
}

/**
 * Turns arguments that are objects with variables in them into variables of their own. graphql-jit makes null of a variable
 * in an object that was not given, and loses one inside of a custom scalar; as whole values both are read right.
 */
export function liftObjects(document: DocumentNode, schema: GraphQLSchema): LiftedDocument {
  const lifted: Lifted[] = [];
  const definitions: VariableDefinitionNode[] = [];
  const typeInfo = new TypeInfo(schema);
  const replaced = visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Argument: (argument) => {
        const type = typeInfo.getInputType();
        if (!type || !hasVariableInObject(argument.value)) return undefined;
        const name = `lifted_${lifted.length}`;
        const variable = { kind: Kind.VARIABLE as const, name: { kind: Kind.NAME as const, value: name } };
        lifted.push({ name, value: argument.value });
        definitions.push({
          kind: Kind.VARIABLE_DEFINITION,
          variable,
          type: parseType(String(type), { noLocation: true }),
        });
        return { ...argument, value: variable };
      },
    }),
  );
  if (lifted.length === 0) return { document, lift: (variables) => variables };
  return {
    document: visit(replaced, {
      OperationDefinition: (operation) => ({
        ...operation,
        variableDefinitions: [...(operation.variableDefinitions ?? []), ...definitions],
      }),
    }),
    lift: (variables) => {
      const given: Record<string, unknown> = { ...variables };
      for (const { name, value } of lifted) given[name] = withoutAbsent(valueFromASTUntyped(value, variables));
      return given;
    },
  };
}

function hasVariableInObject(value: ValueNode): boolean {
  let isFound = false;
  visit(value, {
    ObjectValue: (object) => {
      visit(object, {
        Variable: () => {
          isFound = true;
          return BREAK;
        },
      });
      return isFound ? BREAK : false;
    },
  });
  return isFound;
}

/** A variable that was not given leaves its field out, and null in a list. */
function withoutAbsent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutAbsent(item) ?? null);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).flatMap(([name, field]) =>
    field === undefined ? [] : [[name, withoutAbsent(field)]],
  );
  return Object.fromEntries(fields) as unknown;
}
