/** What is the same for all objects with the same names in the same order. */
export interface Shape {
  /** In code-unit order. */
  readonly names: readonly string[];
  /** The names as they begin their members in JSON text, at the same places. */
  readonly heads: readonly string[];
}

/** A way from the first name of an object to the next. */
interface Node {
  readonly next: Map<string, Node>;
  shape: Shape | undefined;
}

/** Ways that are remembered. Objects whose names are data would otherwise fill the memory. */
const NODES_MAX = 10_000;

const root: Node = { next: new Map(), shape: undefined };
let nodes = 0;

/**
 * The shape of a plain object. Undefined when other rules hold for it: names that look like indexes, which objects put in an order of
 * their own.
 */
export function shapeOf(value: Readonly<Record<string, unknown>>): Shape | undefined {
  let node: Node = root;
  for (const name in value) {
    const next = node.next.get(name) ?? grow(node, name);
    if (!next) return newShape(Object.keys(value));
    node = next;
  }
  return (node.shape ??= newShape(Object.keys(value)));
}

function grow(node: Node, name: string): Node | undefined {
  if (nodes >= NODES_MAX) return undefined;
  nodes++;
  const next: Node = { next: new Map(), shape: undefined };
  node.next.set(name, next);
  return next;
}

const INDEX_LIKE = /^\d/;

function newShape(names: readonly string[]): Shape | undefined {
  if (names.some((name) => INDEX_LIKE.test(name))) return undefined;
  const sorted = [...names].sort();
  return { names: sorted, heads: sorted.map((name) => `${JSON.stringify(name)}:`) };
}
