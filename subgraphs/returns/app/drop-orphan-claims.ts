import type { OrderClaims } from '../domain/order-claims.ts';
import type { ReturnsParts } from './returns-parts.ts';

/** Leaves out claims whose return was never saved, because a process ended between the two. */
export async function dropOrphanClaims(
  { store, platform, limits }: ReturnsParts,
  current: OrderClaims,
): Promise<OrderClaims> {
  const beforeMs = platform.clock.nowMs() - limits.orphanClaimMs;
  const suspects = Object.entries(current.claims)
    .filter(([, claim]) => claim.version === 0 && claim.claimedAtMs < beforeMs)
    .map(([id]) => id);
  if (suspects.length === 0) return current;
  const saved = new Set((await store.returns.getMany(suspects)).map((row) => row.document.id));
  const orphans = new Set(suspects.filter((id) => !saved.has(id)));
  if (orphans.size === 0) return current;
  const claims = Object.fromEntries(Object.entries(current.claims).filter(([id]) => !orphans.has(id)));
  return { ...current, claims };
}
