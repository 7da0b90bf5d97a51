import { Kind, parse, visit, type ASTNode, type DefinitionNode, type FieldDefinitionNode } from 'graphql';

/** Types that federation itself brings; nobody names or describes them for us. */
const FOREIGN_TYPES = /^(_|federation__|link__)/;

/**
 * What in the SDL of a subgraph is not as we write: every type, field, argument and enum value described, names in
 * their case, queries as nouns, mutations with one `input` and a payload, times that end in `At`.
 */
export function breachesOfConventions(sdl: string): readonly string[] {
  const breaches: string[] = [];
  const stubs = entityStubs(parse(sdl).definitions);
  const path: string[] = [];
  const check = (holds: boolean, what: string) => {
    if (!holds) breaches.push(`${path.join('.')}: ${what}`);
  };
  visit(parse(sdl), {
    enter(node: ASTNode) {
      if (!('name' in node) || node.name?.kind !== Kind.NAME || !isDefinition(node.kind)) return undefined;
      path.push(node.name.value);
      if (FOREIGN_TYPES.test(path[0] ?? '')) return undefined;
      if (needsDescription(node.kind, path, stubs))
        check('description' in node && !!node.description, 'has no description');
      if (node.kind === Kind.FIELD_DEFINITION) checkField(node, path, check);
      if (node.kind === Kind.ENUM_VALUE_DEFINITION)
        check(/^[A-Z][A-Z0-9_]*$/.test(node.name.value), 'is no UPPER_CASE');
      if (isType(node.kind)) check(/^[A-Z][A-Za-z0-9]*$/.test(node.name.value), 'is no PascalCase');
      return undefined;
    },
    leave(node: ASTNode) {
      if ('name' in node && node.name?.kind === Kind.NAME && isDefinition(node.kind)) path.pop();
    },
  });
  return breaches;
}

function checkField(node: FieldDefinitionNode, path: readonly string[], check: (holds: boolean, what: string) => void) {
  const [type = '', field = ''] = path;
  check(/^[a-z][A-Za-z0-9]*$/.test(field), 'is no camelCase');
  const typeText = JSON.stringify(node.type);
  if (type === 'Query') check(!/^(get|list|find|fetch)[A-Z]/.test(field), 'is a verb; query fields are nouns');
  if (type === 'Mutation') {
    check(node.arguments?.length === 1 && node.arguments[0]?.name.value === 'input', 'takes more or less than `input`');
    check(typeText.includes('Payload"'), 'does not answer a payload');
  }
  if (type === 'Subscription') check(!!node.directives?.some(({ name }) => name.value === 'topic'), 'has no @topic');
  if (typeText.includes('"DateTime"'))
    check(/(At|From|Until|asOf)$/.test(field), 'is an instant and does not end in At');
}

/** Types of which this subgraph holds only the key or an extension; their owner describes them. */
function entityStubs(definitions: readonly DefinitionNode[]): ReadonlySet<string> {
  const described = definitions.filter((node) => node.kind === Kind.OBJECT_TYPE_DEFINITION && node.description);
  const names = new Set(described.map((node) => (node as { name: { value: string } }).name.value));
  return new Set(
    definitions.flatMap((node) => {
      if (node.kind !== Kind.OBJECT_TYPE_DEFINITION || names.has(node.name.value)) return [];
      return node.directives?.some(({ name }) => name.value === 'key') ? [node.name.value] : [];
    }),
  );
}

function needsDescription(kind: Kind, path: readonly string[], stubs: ReadonlySet<string>): boolean {
  const [type = '', member] = path;
  if (stubs.has(type)) return member !== undefined && member !== 'id' && kind === Kind.FIELD_DEFINITION;
  if (kind === Kind.INPUT_VALUE_DEFINITION && path.length === 3) return false;
  return !(path.length === 1 && ['Query', 'Mutation', 'Subscription'].includes(type));
}

function isDefinition(kind: Kind): boolean {
  return (
    isType(kind) ||
    [
      Kind.FIELD_DEFINITION,
      Kind.INPUT_VALUE_DEFINITION,
      Kind.ENUM_VALUE_DEFINITION,
      Kind.DIRECTIVE_DEFINITION,
    ].includes(kind)
  );
}

function isType(kind: Kind): boolean {
  return /^(Object|Interface|Union|Enum|InputObject|Scalar)TypeDefinition$/.test(kind);
}
