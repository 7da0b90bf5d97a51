import { Kind } from 'graphql';
import type { ConstDirectiveNode, ConstValueNode, DocumentNode } from 'graphql';

/**
 * A specification that a supergraph is written by.
 *
 * Source: https://specs.apollo.dev/link/v1.0/
 */
export interface SupergraphLink {
  readonly url: string;
  /** As the specification calls itself: the word before the version. */
  readonly name: string;
  /** Such as `v0.3`; undefined when the address ends without one. */
  readonly version: string | undefined;
  /** `SECURITY` or `EXECUTION`: whoever does not know the specification must not serve the supergraph. */
  readonly purpose: string | undefined;
  /** What the supergraph calls it. */
  readonly prefix: string;
  /** The names that it may use without the prefix, by the specification's own, directives without `@`. */
  readonly imports: ReadonlyMap<string, string>;
}

const NAME_AND_VERSION = /\/(\w+)(?:\/(v\d+(?:\.\d+)*))?\/?$/;

/** The linked specifications in order; those of Federation 1 too, which called them features of a core schema. */
export function readLinks(supergraph: DocumentNode): readonly SupergraphLink[] {
  return supergraph.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? []).flatMap((directive) => readLink(directive))
      : [],
  );
}

function readLink(directive: ConstDirectiveNode): readonly SupergraphLink[] {
  const { value } = directive.name;
  const url = value === 'link' ? argumentOf(directive, 'url') : argumentOf(directive, 'feature');
  if ((value !== 'link' && value !== 'core') || url?.kind !== Kind.STRING) return [];
  const [, name = '', version] = NAME_AND_VERSION.exec(url.value) ?? [];
  const purpose = argumentOf(directive, 'for');
  return [
    {
      url: url.value,
      name,
      version,
      purpose: purpose?.kind === Kind.ENUM ? purpose.value : undefined,
      prefix: textOf(argumentOf(directive, 'as')) ?? name,
      imports: importsOf(argumentOf(directive, 'import')),
    },
  ];
}

function importsOf(value: ConstValueNode | undefined): ReadonlyMap<string, string> {
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
