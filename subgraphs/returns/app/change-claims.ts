import { isRefusal, type RefusalValue } from '../../../kernel/model/errors.ts';
import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import { noClaims, type OrderClaims } from '../domain/order-claims.ts';
import type { ReturnsParts } from './returns-parts.ts';

export interface ClaimsDecision<Result> {
  /** The same object as before: nothing is saved. */
  readonly claims: OrderClaims;
  readonly result: Result;
}

/**
 * Decides on what is claimed of an order and saves; decides anew when somebody else was quicker. `decide` runs after
 * the claims were read, so what it asks orders then is never older than they are: a claim that was given up because
 * orders knows of the units is seen either here or there.
 */
export async function changeClaims<Result>(
  { store, limits }: ReturnsParts,
  order: string,
  decide: (current: OrderClaims) => Promise<ClaimsDecision<Result> | RefusalValue>,
): Promise<Result | RefusalValue> {
  for (let attempt = 1; ; attempt++) {
    const known = await store.claims.get(order);
    const current = known?.document ?? noClaims(order);
    const decision = await decide(current);
    if (isRefusal(decision) || decision.claims === current) return isRefusal(decision) ? decision : decision.result;
    try {
      await store.claims.save(decision.claims, known?.version ?? 0);
      return decision.result;
    } catch (error) {
      if (!(error instanceof DocumentConflict) || attempt >= limits.saveAttemptsMax) throw error;
    }
  }
}
