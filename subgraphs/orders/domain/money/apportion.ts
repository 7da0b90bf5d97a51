import { invariant } from '../../../../kernel/model/errors.ts';

/**
 * Splits `total` in proportion to `weights`, to the unit: the shares sum to `total` exactly. What is left after rounding
 * down goes to the largest remainders, the first of equal ones. Weights are not negative and not all zero.
 */
export function apportion(total: number, weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((a, b) => a + BigInt(b), 0n);
  invariant(sum > 0n && total >= 0, 'Nothing to split by.', { total });
  const quotas = weights.map((weight, index) => {
    const product = BigInt(total) * BigInt(weight);
    return { index, share: product / sum, remainder: product % sum };
  });
  let left = BigInt(total) - quotas.reduce((a, { share }) => a + share, 0n);
  const shares = quotas.map(({ share }) => Number(share));
  for (const { index } of quotas.toSorted(byRemainder)) {
    if (left === 0n) break;
    shares[index] = (shares[index] as number) + 1;
    left--;
  }
  return shares;
}

function byRemainder(a: { remainder: bigint; index: number }, b: { remainder: bigint; index: number }): number {
  if (a.remainder !== b.remainder) return a.remainder > b.remainder ? -1 : 1;
  return a.index - b.index;
}
