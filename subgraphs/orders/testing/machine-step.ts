import fc from 'fast-check';

/* What may happen to an order, drawn at random. */

export const LOCATIONS = ['DC', 'STORE', 'ANNEX'] as const;
type MachineLocation = (typeof LOCATIONS)[number];

/** The first two are run by a WMS, the last works with the hub itself. */
export const WMS_LOCATIONS: readonly string[] = ['DC', 'STORE'];

/** Where one of two lines is collected when the order begins there. */
export const COUNTER = 'ANNEX';

/** Each as often as it is named: commands, answers and their loss, messages of locations, time, and restarts. */
const KINDS = [
  ...(['settle', 'settle', 'settle', 'settle-twice', 'lose-answer', 'answer-work', 'answer-work'] as const),
  ...(['allocate', 'allocate', 'release', 'release', 'cancel', 'source-again', 'refuse-cancellation'] as const),
  ...(['pick', 'pack', 'ship', 'short', 'end', 'deliver', 'reject', 'fulfil', 'fulfil'] as const),
  ...(['repeat', 'restart', 'pass-time', 'return', 'refund'] as const),
  ...(['restock', 'cover', 'cover', 'tell-coverage', 'tell-coverage'] as const),
  ...(['edit', 'edit', 'substitute', 'find-short'] as const),
] as const;

export interface MachineStep {
  readonly kind: (typeof KINDS)[number];
  readonly location: MachineLocation;
  readonly line: number;
  readonly quantity: number;
  readonly isYes: boolean;
}

export type WorkTold = Extract<MachineStep['kind'], 'pick' | 'pack' | 'ship' | 'short' | 'end'>;

const step: fc.Arbitrary<MachineStep> = fc.record({
  kind: fc.constantFrom(...KINDS),
  location: fc.constantFrom(...LOCATIONS),
  line: fc.integer({ min: 0, max: 5 }),
  quantity: fc.integer({ min: 1, max: 4 }),
  isYes: fc.boolean(),
});

/** Where the order is released to before the run, or null: it begins at the beginning. */
export type MachineStart = MachineLocation | null;

export const machineRun: fc.Arbitrary<[MachineStart, MachineStep[]]> = fc.tuple(
  fc.constantFrom(null, ...LOCATIONS),
  fc.array(step, { minLength: 5, maxLength: 60 }),
);
