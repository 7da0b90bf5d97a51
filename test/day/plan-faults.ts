import { createSeededRandom } from '../../connectors/simulators/runtime/seeded-random.ts';

/** From before one step of the day to before another. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** What goes wrong, and before which step of the day. */
export interface FaultPlan {
  readonly pos: Span;
  readonly tryton: Span;
  /** Before these steps a file that was handed in at the opening comes again as it was. */
  readonly repeats: readonly number[];
  /** Before these it comes again with other content. */
  readonly conflicts: readonly number[];
}

/** What goes wrong all day long at the tills' vendor and on the way from it. */
export const POS_FAULTS = {
  duplicate: 0.25,
  reorder: 0.25,
  drop: 0.15,
  conflict: 0.15,
  throttle: 0.1,
  partialFailure: 0.05,
  delayMs: 5,
} as const;

/** And on the way to Tryton. */
export const TRYTON_FAULTS = { throttle: 0.05 } as const;

const REPEATS = 3;

/** The POS is out in the first half of the day, Tryton in the second, each for a sixth of it. */
export function planFaults(steps: number, seed: number): FaultPlan {
  const random = createSeededRandom(seed);
  const within = (from: number, to: number) => Math.floor(steps * (from + (to - from) * random()));
  const span = (earliest: number, latest: number): Span => {
    const from = within(earliest, latest);
    return { from, to: Math.min(steps, from + Math.max(1, Math.ceil(steps / 6))) };
  };
  const some = () => Array.from({ length: REPEATS }, () => within(0, 1)).toSorted((a, b) => a - b);
  return { pos: span(0.1, 0.3), tryton: span(0.5, 0.7), repeats: some(), conflicts: some() };
}
