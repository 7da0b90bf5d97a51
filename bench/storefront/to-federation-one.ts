import { Kind, parse, print, visit } from 'graphql';
import type {
  ConstDirectiveNode,
  DefinitionNode,
  DocumentNode,
  FieldDefinitionNode,
  ObjectTypeDefinitionNode,
} from 'graphql';

/** What Federation 1 shares with Federation 2. */
const KNOWN_DIRECTIVES: ReadonlySet<string> = new Set(['key', 'external', 'requires', 'provides', 'deprecated']);

/** Neither operation of the comparison needs them, and each would have to have one owner. */
const LEFT_OUT: ReadonlySet<string> = new Set(['Mutation', 'Subscription']);

const EXTERNAL: ConstDirectiveNode = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'external' } };

/**
 * SDL of Federation 2 as a gateway of Federation 1 reads it, by subgraph: queries alone, each entity owned by the
 * subgraph that has most of its fields and extended by the others, its key external there.
 */
export function toFederationOne(sdls: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const documents = new Map(Object.entries(sdls).map(([name, sdl]) => [name, withoutFederationTwo(parse(sdl))]));
  const owners = ownersOf(documents);
  return Object.fromEntries(
    [...documents].map(([name, document]) => {
      const definitions = document.definitions.map((definition) => {
        if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return definition;
        const owner = owners.get(definition.name.value);
        return definition.name.value === 'Query' || (owner && owner.subgraph !== name)
          ? toExtension(definition, owner?.fields)
          : definition;
      });
      return [name, print({ ...document, definitions })];
    }),
  );
}

function withoutFederationTwo(document: DocumentNode): DocumentNode {
  const isKept = (definition: DefinitionNode): boolean =>
    definition.kind !== Kind.DIRECTIVE_DEFINITION &&
    definition.kind !== Kind.SCHEMA_EXTENSION &&
    !(definition.kind === Kind.OBJECT_TYPE_DEFINITION && LEFT_OUT.has(definition.name.value));
  return visit(
    { ...document, definitions: document.definitions.filter(isKept) },
    {
      Directive: (directive) => (KNOWN_DIRECTIVES.has(directive.name.value) ? undefined : null),
      Argument: ({ name }) => (name.value === 'resolvable' ? null : undefined),
    },
  );
}

interface Owner {
  readonly subgraph: string;
  readonly fields: ReadonlySet<string>;
}

function ownersOf(documents: ReadonlyMap<string, DocumentNode>): ReadonlyMap<string, Owner> {
  const owners = new Map<string, Owner>();
  for (const [subgraph, { definitions }] of documents) {
    for (const definition of definitions) {
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION || keysOf(definition).size === 0) continue;
      const fields = new Set((definition.fields ?? []).map(({ name }) => name.value));
      const known = owners.get(definition.name.value);
      if (!known || fields.size > known.fields.size) owners.set(definition.name.value, { subgraph, fields });
    }
  }
  return owners;
}

function toExtension(definition: ObjectTypeDefinitionNode, owned: ReadonlySet<string> = new Set()): DefinitionNode {
  const { description: _, ...rest } = definition;
  const keys = keysOf(definition);
  const fields = (definition.fields ?? []).flatMap((field): readonly FieldDefinitionNode[] => {
    if (keys.has(field.name.value)) return [{ ...field, directives: [...(field.directives ?? []), EXTERNAL] }];
    return owned.has(field.name.value) ? [] : [field];
  });
  return { ...rest, kind: Kind.OBJECT_TYPE_EXTENSION, fields };
}

/** The fields of its keys; those of the hub's entities have no fields of their own. */
function keysOf({ directives }: ObjectTypeDefinitionNode): ReadonlySet<string> {
  const values = (directives ?? [])
    .filter(({ name }) => name.value === 'key')
    .flatMap((key) => key.arguments?.find(({ name }) => name.value === 'fields')?.value ?? []);
  return new Set(values.flatMap((value) => (value.kind === Kind.STRING ? value.value.split(' ') : [])));
}
