import { execute } from 'graphql';
import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { completeInputs } from './input-defaults.ts';
import { liftObjects } from './lift-objects.ts';
import { takesRecursiveInput } from './recursive-input.ts';

/** How a result is made: from compiled code, or by graphql-js where an operation cannot be compiled. */
export type ExecuteOperation = (
  variables: Readonly<Record<string, unknown>>,
  context: object,
) => ExecutionResult | Promise<ExecutionResult>;

/** Makes a valid operation ready to run, which costs about as much as running it a hundred times. */
export function compileOperation(schema: GraphQLSchema, document: DocumentNode): ExecuteOperation {
  const interpret: ExecuteOperation = (variables, context) =>
    execute({ schema, document, contextValue: context, variableValues: variables });
  const lifted = liftObjects(document, schema);
  // graphql-jit 0.8.9 unfolds the type of a variable without end.
  if (takesRecursiveInput(lifted.document, schema)) return interpret;
  const compiled = compileQuery(schema, lifted.document, undefined, {
    // Without it, a condition on a fragment is lost where another selection reaches the same field.
    useExperimentalPathBasedSkipInclude: true,
  });
  if (!isCompiledQuery(compiled)) return interpret;
  const completed = completeInputs(lifted.document, schema);
  return (variables, context) => compiled.query(undefined, context, completed(lifted.lift(variables)));
}
