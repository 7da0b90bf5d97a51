import { GraphQLError, Kind, parse } from 'graphql';
import type { ConstDirectiveNode, DocumentNode, EnumTypeDefinitionNode } from 'graphql';
import { SupergraphRefused } from './supergraph-refused.ts';

/** A subgraph of a supergraph, and where it answers GraphQL. */
export interface SubgraphAddress {
  readonly name: string;
  readonly url: string;
}

/** The enum in which a supergraph lists its subgraphs. */
const GRAPHS = 'join__Graph';

/**
 * The subgraphs of a supergraph with their addresses: the ones that it names, or those that `overrides` gives by name.
 * @throws {SupergraphRefused} naming everything that is missing
 */
export function readSubgraphAddresses(
  supergraphSdl: string,
  overrides: ReadonlyMap<string, string> = new Map(),
): readonly SubgraphAddress[] {
  const graphs = graphsOf(parseSupergraph(supergraphSdl));
  const addresses = (graphs.values ?? []).map(({ name, directives }) => {
    const graph = directives?.find((directive) => directive.name.value === 'join__graph');
    const subgraph = argumentOf(graph, 'name') ?? name.value;
    return { name: subgraph, url: overrides.get(subgraph) ?? argumentOf(graph, 'url') ?? '' };
  });
  const faults = [
    ...addresses.filter(({ url }) => !isHttp(url)).map(({ name, url }) => describeAddress(name, url)),
    ...[...overrides.keys()]
      .filter((name) => !addresses.some((address) => address.name === name))
      .map((name) => `An address is given for "${name}", which is no subgraph of it.`),
  ];
  if (faults.length === 0) return addresses;
  const names = addresses.map(({ name }) => name).join(', ');
  throw new SupergraphRefused([...faults, `Its subgraphs: ${names}.`].join(' '));
}

function parseSupergraph(sdl: string): DocumentNode {
  try {
    return parse(sdl);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const place = error.locations?.[0];
    throw new SupergraphRefused(`${error.message}${place ? ` (line ${place.line}, column ${place.column})` : ''}`, {
      cause: error,
    });
  }
}

function graphsOf({ definitions }: DocumentNode): EnumTypeDefinitionNode {
  const graphs = definitions.find(
    (definition): definition is EnumTypeDefinitionNode =>
      definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === GRAPHS,
  );
  if (graphs?.values && graphs.values.length > 0) return graphs;
  throw new SupergraphRefused(
    `It names no subgraphs (there is no enum ${GRAPHS}): it is the schema of one service, or was not composed for Federation 2.`,
  );
}

function argumentOf(directive: ConstDirectiveNode | undefined, name: string): string | undefined {
  const value = directive?.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}

function isHttp(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

function describeAddress(name: string, url: string): string {
  return url === ''
    ? `The subgraph "${name}" has no address.`
    : `The subgraph "${name}" has no HTTP address: "${url}".`;
}
