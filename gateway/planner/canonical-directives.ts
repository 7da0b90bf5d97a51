import { visit } from 'graphql';
import type { DocumentNode } from 'graphql';
import { readLinks } from './supergraph-links.ts';
import type { SupergraphLink } from './supergraph-links.ts';

/** Directives that the gateway itself acts upon, by the name of their specification. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  authenticated: ['authenticated'],
  requiresScopes: ['requiresScopes'],
  policy: ['policy'],
  tag: ['tag'],
  cost: ['cost', 'listSize'],
};

/**
 * The supergraph with those directives under their own names. A supergraph may call them otherwise, by `as` or by an
 * import, and a requirement under another name is still one.
 */
export function withCanonicalDirectives(supergraph: DocumentNode): DocumentNode {
  const names = new Map<string, string>();
  for (const link of readLinks(supergraph)) {
    for (const [written, canonical] of namesIn(link)) if (written !== canonical) names.set(written, canonical);
  }
  if (names.size === 0) return supergraph;
  const rename = <Node extends { readonly name: { readonly value: string } }>(node: Node): Node | undefined => {
    const value = names.get(node.name.value);
    return value === undefined ? undefined : { ...node, name: { ...node.name, value } };
  };
  return visit(supergraph, { Directive: { leave: rename }, DirectiveDefinition: { leave: rename } });
}

/** The directives of one linked specification: the name that is written, and the one that is meant. */
function namesIn({
  name,
  prefix,
  imports,
}: SupergraphLink): readonly (readonly [written: string, canonical: string])[] {
  const directives = Object.hasOwn(KNOWN, name) ? (KNOWN[name] ?? []) : [];
  return directives.map((directive) => {
    const unimported = directive === name ? prefix : `${prefix}__${directive}`;
    return [imports.get(directive) ?? unimported, directive];
  });
}
