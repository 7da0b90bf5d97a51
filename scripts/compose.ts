import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices, compositionHasErrors } from '@theguild/federation-composition';
import { parse } from 'graphql';

/** The contexts that make up the public graph, in alphabetical order. */
const SUBGRAPHS = ['inventory', 'operations', 'orders', 'products', 'returns'] as const;

const GRAPHQL_FOLDER = join(import.meta.dirname, '..', 'schema', 'graphql');
export const SUPERGRAPH_FILE = join(GRAPHQL_FOLDER, 'supergraph.graphql');

/**
 * The supergraph that the subgraphs' SDL composes to. The addresses in it are only names: where a subgraph is reached is
 * configuration.
 * @throws {Error} with every composition error
 */
export function composeSupergraph(): string {
  const result = composeServices(
    SUBGRAPHS.map((name) => ({
      name,
      url: `http://${name}.stockwire.internal/graphql`,
      typeDefs: parse(readFileSync(join(GRAPHQL_FOLDER, `${name}.graphql`), 'utf8')),
    })),
  );
  if (compositionHasErrors(result)) {
    throw new Error(`The subgraphs do not compose:\n${result.errors.map((error) => `- ${error.message}`).join('\n')}`);
  }
  return `${result.supergraphSdl.trim()}\n`;
}

if (import.meta.main) {
  const composed = composeSupergraph();
  if (process.argv.includes('--check')) {
    if (readFileSync(SUPERGRAPH_FILE, 'utf8') !== composed) {
      console.error('schema/graphql/supergraph.graphql is not what the subgraphs compose to: run `npm run compose`.');
      process.exitCode = 1;
    }
  } else {
    writeFileSync(SUPERGRAPH_FILE, composed);
  }
}
