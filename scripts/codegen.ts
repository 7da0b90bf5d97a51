import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as typescriptPlugin from '@graphql-codegen/typescript';
import * as resolversPlugin from '@graphql-codegen/typescript-resolvers';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

const ROOT = join(import.meta.dirname, '..');
const SUBGRAPHS = ['inventory', 'operations', 'orders', 'products', 'returns'] as const;

/** GraphQL scalar -> what resolvers get and give. */
const SCALARS = {
  ID: 'string',
  Quantity: 'string',
  DateTime: 'string',
  CurrencyCode: 'string',
  SafeInteger: 'number',
  ChangeCursor: 'string',
  _FieldSet: 'string',
};

/** Types of `_service` and `_entities`, which the generator names and leaves out; the library answers both by itself. */
const MACHINERY = `type _Service = { readonly sdl?: string };
type Query_EntitiesArgs = { representations: ReadonlyArray<unknown> };
`;

/** The resolver types of one subgraph, as TypeScript text. */
async function resolverTypesOf(subgraph: string): Promise<string> {
  const typeDefs = parse(readFileSync(join(ROOT, 'schema', 'graphql', `${subgraph}.graphql`), 'utf8'));
  const output = await codegen({
    filename: outputFileOf(subgraph),
    schema: typeDefs,
    schemaAst: buildSubgraphSchema([{ typeDefs }]),
    documents: [],
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript: typescriptPlugin, resolvers: resolversPlugin },
    config: {
      federation: true,
      useTypeImports: true,
      enumsAsTypes: true,
      immutableTypes: true,
      importExtension: '.ts',
      defaultScalarType: 'unknown',
      avoidOptionals: { field: true },
      scalars: SCALARS,
      contextType: './context.ts#GraphqlContext',
      mappers: mappersOf(subgraph),
    },
  });
  return `${output.trim()}\n\n${MACHINERY}`;
}

/** GraphQL type -> the type that its resolvers get as parent, from `resolver-mappers.json` beside the resolvers. */
function mappersOf(subgraph: string): Record<string, string> {
  const file = join(ROOT, 'subgraphs', subgraph, 'graphql', 'resolver-mappers.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
}

function outputFileOf(subgraph: string): string {
  return join(ROOT, 'subgraphs', subgraph, 'graphql', 'resolvers.generated.ts');
}

if (import.meta.main) {
  const isCheck = process.argv.includes('--check');
  for (const subgraph of SUBGRAPHS) {
    const file = outputFileOf(subgraph);
    const types = await resolverTypesOf(subgraph);
    if (!isCheck) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, types);
    } else if (readFileSync(file, 'utf8') !== types) {
      console.error(`subgraphs/${subgraph}/graphql/resolvers.generated.ts is out of date: run \`npm run codegen\`.`);
      process.exitCode = 1;
    }
  }
}
