/* The small world that the model of the ledger knows: whole units, three locations, two networks and one kit. */

export const MODEL_SKUS = ['A', 'B'] as const;
export const MODEL_LOCATIONS = ['L0', 'L1', 'L2'] as const;
/** Stock can be handed out at these; at the last one it cannot. */
export const PICKUP_LOCATIONS: readonly string[] = ['L0', 'L1'];
/** In a chain: the middle location serves both. */
export const MODEL_NETWORKS: Readonly<Record<string, readonly string[]>> = { WEB: ['L0', 'L1'], APP: ['L1', 'L2'] };
export const MODEL_KIT = 'K';
/** What one kit is put together from; both are sold by themselves as well. */
export const KIT_PARTS: Readonly<Record<string, number>> = { A: 1, B: 2 };

export interface Shelf {
  readonly sku: string;
  readonly location: string;
}

export const isSame = (one: Shelf, other: Shelf): boolean => one.sku === other.sku && one.location === other.location;

export const sum = (all: readonly { readonly units: number }[]): number =>
  all.reduce((total, { units }) => total + units, 0);

/** What so many of a SKU need of each SKU that lies on a shelf. */
export function partsOf(sku: string, units: number): readonly { readonly sku: string; readonly units: number }[] {
  if (sku !== MODEL_KIT) return [{ sku, units }];
  return Object.entries(KIT_PARTS).map(([part, each]) => ({ sku: part, units: each * units }));
}
