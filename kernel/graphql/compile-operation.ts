import { BREAK, execute, visit } from 'graphql';
import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';

/** How a result is made: from compiled code, or by graphql-js where an operation cannot be compiled. */
export type ExecuteOperation = (
  variables: Readonly<Record<string, unknown>>,
  context: object,
) => ExecutionResult | Promise<ExecutionResult>;

/** Makes a valid operation ready to run, which costs about as much as running it a hundred times. */
export function compileOperation(schema: GraphQLSchema, document: DocumentNode): ExecuteOperation {
  const interpret: ExecuteOperation = (variables, context) =>
    execute({ schema, document, contextValue: context, variableValues: variables });
  // Compiled code makes null of a variable in an object that was not given, or loses one that was.
  if (hasVariableInObject(document)) return interpret;
  const compiled = compileQuery(schema, document, undefined, {
    // Without it, a condition on a fragment is lost where another selection reaches the same field.
    useExperimentalPathBasedSkipInclude: true,
  });
  if (!isCompiledQuery(compiled)) return interpret;
  return (variables, context) => compiled.query(undefined, context, variables);
}

function hasVariableInObject(document: DocumentNode): boolean {
  let isFound = false;
  visit(document, {
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
