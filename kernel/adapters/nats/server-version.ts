/** `at` of three numbers; a release candidate counts as its release. */
export function isAtLeast(version: string, at: string): boolean {
  const [have, need] = [numbersOf(version), numbersOf(at)];
  for (const [index, number] of need.entries()) {
    const own = have[index] ?? 0;
    if (own !== number) return own > number;
  }
  return true;
}

const numbersOf = (version: string): readonly number[] =>
  version.split('.', 3).map((part) => Number.parseInt(part, 10));
