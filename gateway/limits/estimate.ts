import type { Variables } from '../executor/subgraph-client.ts';

/** A figure that may depend on the variables of a request. Most do not, and are worked out once. */
export type Estimate = number | ((variables: Variables) => number);

export function evaluate(estimate: Estimate, variables: Variables): number {
  return typeof estimate === 'number' ? estimate : estimate(variables);
}

export function sum(estimates: readonly Estimate[]): Estimate {
  return combine(estimates, (values) => values.reduce((total, value) => total + value, 0));
}

export function largest(estimates: readonly Estimate[]): Estimate {
  return combine(estimates, (values) => Math.max(0, ...values));
}

export function product(a: Estimate, b: Estimate): Estimate {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  return (variables) => evaluate(a, variables) * evaluate(b, variables);
}

function combine(estimates: readonly Estimate[], reduce: (values: readonly number[]) => number): Estimate {
  const fixed = reduce(estimates.filter((each) => typeof each === 'number'));
  const open = estimates.filter((each) => typeof each !== 'number');
  return open.length === 0 ? fixed : (variables) => reduce([fixed, ...open.map((each) => each(variables))]);
}
