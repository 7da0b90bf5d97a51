import { defaultTypeResolver, execute, parse } from 'graphql';
import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql';

/** Reads what stands under the response key, so that an answer can be executed as if it were a source. */
const readKey: GraphQLFieldResolver<unknown, unknown> = (source, _args, _context, { path }) =>
  (source as Readonly<Record<string, unknown>>)[path.key];

/**
 * What is wrong with the data of an answer by the schema: nulls where none may be, values of other types, fields that
 * are missing. The query has to select `__typename` of abstract types.
 */
export async function faultsOf(
  data: object,
  query: string,
  options: { readonly schema: GraphQLSchema; readonly variableValues?: Readonly<Record<string, unknown>> },
): Promise<readonly string[]> {
  const { errors = [], ...result } = await execute({
    schema: options.schema,
    document: parse(query),
    rootValue: data,
    fieldResolver: readKey,
    typeResolver: defaultTypeResolver,
    ...(options.variableValues && { variableValues: options.variableValues }),
  });
  if (errors.length > 0) return errors.map(({ message }) => message);
  const same = JSON.stringify(result.data) === JSON.stringify(data);
  return same ? [] : ['the data is not what its own selection gives'];
}
