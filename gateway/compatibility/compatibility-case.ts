import type { ResolverMap } from '../../kernel/graphql/create-subgraph-schema.ts';

/** One rule of federation: what the subgraphs declare, and what clients must then get. */
export interface CompatibilityCase {
  /** The rule in one sentence. */
  readonly rule: string;
  readonly subgraphs: Readonly<Record<string, SubgraphUnderTest>>;
  /** Labels of progressive overrides that hold. */
  readonly overrideLabels?: readonly string[];
  readonly questions: readonly Question[];
}

export interface SubgraphUnderTest {
  readonly sdl: string;
  readonly resolvers: ResolverMap;
}

/** An operation and its answer. */
export interface Question {
  /** What is to be seen, as a fact. */
  readonly fact: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Decides for which operations an override by percentage holds. Default: always the same. */
  readonly correlationId?: string;
  /** With keys in the order of the selection. Absent: the operation is refused. */
  readonly data?: Readonly<Record<string, unknown>> | null;
  /** Path and code of each error, such as `user.name FORBIDDEN`. Default: none. */
  readonly errors?: readonly string[];
  /** How many requests each subgraph gets; those not named get none. Absent: not looked at. */
  readonly requests?: Readonly<Record<string, number>>;
  /** What is answered instead, where a rule is not kept. */
  readonly limit?: KnownLimit;
}

/** A fault that is known: the test holds the wrong answer, so that it fails as soon as the fault is gone or grows. */
export interface KnownLimit {
  readonly cause: string;
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly string[];
}

/** The head of a subgraph's SDL that imports what it uses of Federation 2. */
export function federation(...imports: readonly string[]): string {
  const list = imports.map((name) => `"${name}"`).join(', ');
  return `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: [${list}])`;
}

/** A value as text, with keys in the order of the alphabet: subgraphs get arguments in no certain order. */
export function toSortedText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** Rows by id, as reference resolvers look them up; null where there is none. */
export function byId<Row extends { readonly id: string }>(
  rows: readonly Row[],
): (reference: { readonly id: string }) => Row | null {
  return ({ id }) => rows.find((row) => row.id === id) ?? null;
}
