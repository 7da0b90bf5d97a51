const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const UINT32_SIZE = 2 ** 32;

/**
 * The overrides of a supergraph that hold for a percentage of operations (`@override(label: "percent(25)")`). Which ones
 * hold for an operation follows from its correlation id alone, so that it can be told again from a log.
 */
export class ProgressiveOverrides {
  readonly #percentages: readonly number[];

  /** @param percentages of all overrides, 0 to 100, in any order */
  constructor(percentages: readonly number[]) {
    this.#percentages = [...new Set(percentages)].sort((a, b) => a - b);
  }

  get isEmpty(): boolean {
    return this.#percentages.length === 0;
  }

  /**
   * The planner's value for an operation: an override holds when its percentage is larger. There is one value per set of
   * overrides that can hold together, so that operations share plans.
   */
  levelOf(correlationId: string): number {
    const share = shareOf(correlationId);
    return this.#percentages.findLast((percentage) => percentage <= share) ?? 0;
  }
}

/** Evenly spread over 0 up to but not including 100, and the same for the same text (FNV-1a). */
function shareOf(text: string): number {
  let hash = FNV_OFFSET;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
  // The last characters of an id differ most and reach the high bits least.
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return ((hash >>> 0) / UINT32_SIZE) * 100;
}
