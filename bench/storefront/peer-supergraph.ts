import { Kind, parse, print, visit } from 'graphql';
import type { ArgumentNode, ConstDirectiveNode } from 'graphql';

/** Features of the supergraph that the peers do not know. Subgraphs enforce scopes for every gateway alike. */
const UNKNOWN_FEATURES = ['requiresScopes', 'cost', 'listSize', 'topic'];

const SCOPE_SCALAR = 'requiresScopes__Scope';

/** The committed supergraph as the peers read it: without what they do not know, with the addresses to fetch from. */
export function toPeerSupergraph(supergraphSdl: string, urls: Readonly<Record<string, string>>): string {
  const document = visit(parse(supergraphSdl), {
    DirectiveDefinition: ({ name }) => (UNKNOWN_FEATURES.includes(name.value) ? null : undefined),
    ScalarTypeDefinition: ({ name }) => (name.value === SCOPE_SCALAR ? null : undefined),
    Directive: (node) => {
      if (UNKNOWN_FEATURES.includes(node.name.value)) return null;
      if (node.name.value === 'link' && linksUnknownFeature(node as ConstDirectiveNode)) return null;
      return node.name.value === 'join__graph' ? withUrl(node as ConstDirectiveNode, urls) : undefined;
    },
  });
  return print(document);
}

function linksUnknownFeature(link: ConstDirectiveNode): boolean {
  const url = textOf(link, 'url');
  return UNKNOWN_FEATURES.some((feature) => url.includes(`/${feature}/`));
}

function withUrl(graph: ConstDirectiveNode, urls: Readonly<Record<string, string>>): ConstDirectiveNode {
  const url = urls[textOf(graph, 'name')];
  if (url === undefined) throw new Error(`There is no address for the subgraph ${textOf(graph, 'name')}.`);
  const replaced = (graph.arguments ?? []).map((argument) =>
    argument.name.value === 'url' ? { ...argument, value: { kind: Kind.STRING as const, value: url } } : argument,
  );
  return { ...graph, arguments: replaced };
}

function textOf(directive: ConstDirectiveNode, argument: string): string {
  const found: ArgumentNode | undefined = directive.arguments?.find(({ name }) => name.value === argument);
  return found?.value.kind === Kind.STRING ? found.value.value : '';
}
