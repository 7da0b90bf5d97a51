/** How often each value is there. */
export function countBy(values: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(values, (each) => each)].map(([each, own]) => [each, own.length]));
}
