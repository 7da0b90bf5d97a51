/** Kinds of JSON values. Null says nothing of what a field is otherwise, so it is none. */
export type JsonKind = 'object' | 'array' | 'text' | 'number' | 'boolean';

/** The fields of a body by their paths, with the kinds of what stands there; an element of an array is `[]`. */
export type BodyShape = ReadonlyMap<string, ReadonlySet<JsonKind>>;

/** Paths of one body that are looked at; what comes beyond them is not. */
const PATHS_MAX = 2_000;
const DEPTH_MAX = 12;

export function shapeOfBody(body: unknown): BodyShape {
  const shape = new Map<string, Set<JsonKind>>();
  walk(body, { path: '', depth: 0, shape });
  return shape;
}

interface Walk {
  readonly path: string;
  readonly depth: number;
  readonly shape: Map<string, Set<JsonKind>>;
}

function walk(value: unknown, { path, depth, shape }: Walk): void {
  if (depth > DEPTH_MAX || shape.size >= PATHS_MAX) return;
  const kind = kindOf(value);
  const kinds = shape.get(path) ?? new Set<JsonKind>();
  shape.set(path, kinds);
  if (kind === undefined) return;
  kinds.add(kind);
  if (kind === 'array') {
    for (const element of value as readonly unknown[]) walk(element, { path: `${path}[]`, depth: depth + 1, shape });
  } else if (kind === 'object') {
    for (const [name, member] of Object.entries(value as object)) {
      walk(member, { path: path === '' ? name : `${path}.${name}`, depth: depth + 1, shape });
    }
  }
}

function kindOf(value: unknown): JsonKind | undefined {
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
    case 'boolean':
      return typeof value as 'number' | 'boolean';
    case 'object':
      return value === null ? undefined : 'object';
    default:
      return undefined;
  }
}

/** Where a field stands: `lines[].sku` in `lines[]`. */
export function parentOf(path: string): string {
  if (path.endsWith('[]')) return path.slice(0, -2);
  const dot = path.lastIndexOf('.');
  return dot === -1 ? '' : path.slice(0, dot);
}
