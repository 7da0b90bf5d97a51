import { Kind } from 'graphql';
import type { DirectiveNode } from 'graphql';
import type { Variables } from './subgraph-client.ts';

/** One `@include` (or, negated, `@skip`) that depends on a variable. */
export interface Guard {
  readonly variable: string;
  readonly isNegated: boolean;
}

/** Guards that must all hold. */
export type Guards = readonly Guard[];

/** What `@skip` and `@include` add to the guards around them; undefined when a literal rules the selection out. */
export function addGuards(outer: Guards, directives: readonly DirectiveNode[] | undefined): Guards | undefined {
  if (!directives || directives.length === 0) return outer;
  let guards = outer;
  for (const directive of directives) {
    const isNegated = directive.name.value === 'skip';
    if (!isNegated && directive.name.value !== 'include') continue;
    const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
    if (value?.kind === Kind.VARIABLE) guards = [...guards, { variable: value.name.value, isNegated }];
    if (value?.kind === Kind.BOOLEAN && value.value === isNegated) return undefined;
  }
  return guards;
}

/** Whether any of the alternatives holds; no alternatives mean always. */
export function isGuardOpen(alternatives: readonly Guards[], variables: Variables): boolean {
  if (alternatives.length === 0) return true;
  return alternatives.some((guards) =>
    guards.every(({ variable, isNegated }) => (variables[variable] === true) !== isNegated),
  );
}

/** The same test as `isGuardOpen`, as the text of an expression over `v`. */
export function guardExpression(alternatives: readonly Guards[]): string {
  const terms = alternatives.map((guards) =>
    guards
      .map(({ variable, isNegated }) => `v[${JSON.stringify(variable)}]${isNegated ? '!==' : '==='}true`)
      .join('&&'),
  );
  return terms.map((term) => `(${term})`).join('||');
}
