import { Kind, visit } from 'graphql';
import type { ConstDirectiveNode, ConstValueNode, DocumentNode } from 'graphql';

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
 *
 * Source: https://specs.apollo.dev/link/v1.0/
 */
export function withCanonicalDirectives(supergraph: DocumentNode): DocumentNode {
  const names = new Map<string, string>();
  for (const link of linksOf(supergraph)) {
    for (const [written, canonical] of namesIn(link)) if (written !== canonical) names.set(written, canonical);
  }
  if (names.size === 0) return supergraph;
  const rename = <Node extends { readonly name: { readonly value: string } }>(node: Node): Node | undefined => {
    const value = names.get(node.name.value);
    return value === undefined ? undefined : { ...node, name: { ...node.name, value } };
  };
  return visit(supergraph, { Directive: { leave: rename }, DirectiveDefinition: { leave: rename } });
}

function linksOf(document: DocumentNode): readonly ConstDirectiveNode[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? []).filter(({ name }) => name.value === 'link')
      : [],
  );
}

/** The directives of one linked specification: the name that is written, and the one that is meant. */
function namesIn(link: ConstDirectiveNode): readonly (readonly [written: string, canonical: string])[] {
  const specification = /\/(\w+)\/v\d+(\.\d+)*\/?$/.exec(textOf(argumentOf(link, 'url')) ?? '')?.[1] ?? '';
  const directives = Object.hasOwn(KNOWN, specification) ? (KNOWN[specification] ?? []) : [];
  const prefix = textOf(argumentOf(link, 'as')) ?? specification;
  const imported = importsOf(link);
  return directives.map((name) => {
    const unimported = name === specification ? prefix : `${prefix}__${name}`;
    return [imported.get(name) ?? unimported, name];
  });
}

function importsOf(link: ConstDirectiveNode): ReadonlyMap<string, string> {
  const value = argumentOf(link, 'import');
  const items = value?.kind === Kind.LIST ? value.values : [];
  return new Map(items.flatMap((item) => readImport(item)));
}

/** `"@name"`, or `{ name: "@name", as: "@other" }`. */
function readImport(item: ConstValueNode): readonly (readonly [name: string, written: string])[] {
  if (item.kind === Kind.STRING) return [[bare(item.value), bare(item.value)]];
  if (item.kind !== Kind.OBJECT) return [];
  const member = (key: string) => textOf(item.fields.find(({ name }) => name.value === key)?.value);
  const name = member('name');
  return name === undefined ? [] : [[bare(name), bare(member('as') ?? name)]];
}

function bare(name: string): string {
  return name.replace(/^@/, '');
}

function argumentOf(directive: ConstDirectiveNode, name: string): ConstValueNode | undefined {
  return directive.arguments?.find((argument) => argument.name.value === name)?.value;
}

function textOf(value: ConstValueNode | undefined): string | undefined {
  return value?.kind === Kind.STRING ? value.value : undefined;
}
