import type { Collection, Document, Documents } from '../../../kernel/ports/documents.ts';
import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import type { Measured } from '../../../kernel/model/convert-quantity.ts';
import type { OrderClaims } from '../domain/order-claims.ts';
import type { ReturnState } from '../domain/return-state.ts';

/** What returns knows of a SKU; its units, unless it was registered before they were kept. */
export interface KnownSku extends Document, Measured {
  /** Absent: it was registered before they were kept. */
  readonly categories?: readonly string[];
}

/** What returns knows of a location. */
interface KnownLocation extends Document {
  readonly takesReturns: boolean;
}

/** The first use of an idempotency key. */
interface UsedKey extends Document {
  readonly payload: string;
  readonly returnId: string;
}

/** A fact with a code that is not registered yet. */
export interface ParkedFact extends Document {
  /** `sku:<code>` or `location:<code>`. */
  readonly missing: string;
  readonly envelope: EventEnvelope;
}

export interface ReturnsStore {
  readonly returns: Collection<ReturnState>;
  readonly claims: Collection<OrderClaims>;
  readonly skus: Collection<KnownSku>;
  readonly locations: Collection<KnownLocation>;
  readonly keys: Collection<UsedKey>;
  readonly parked: Collection<ParkedFact>;
}

export async function openReturnsStore(documents: Documents): Promise<ReturnsStore> {
  return {
    returns: await documents.collection<ReturnState>({
      name: 'returns',
      indexes: [
        { paths: ['openedAtMs'] },
        { paths: ['customer', 'openedAtMs'] },
        { paths: ['location', 'openedAtMs'] },
        { paths: ['status', 'openedAtMs'] },
        { paths: ['order', 'openedAtMs'] },
        { paths: ['workLocation', 'workSinceMs'] },
        { paths: ['expiresAtMs'] },
        { paths: ['dueAtMs'] },
        { paths: ['openedByFact'], unique: true },
      ],
    }),
    claims: await documents.collection<OrderClaims>({ name: 'returns-order-claims', indexes: [] }),
    skus: await documents.collection<KnownSku>({ name: 'returns-skus', indexes: [] }),
    locations: await documents.collection<KnownLocation>({ name: 'returns-locations', indexes: [] }),
    keys: await documents.collection<UsedKey>({ name: 'returns-idempotency-keys', indexes: [] }),
    parked: await documents.collection<ParkedFact>({ name: 'returns-parked-facts', indexes: [{ paths: ['missing'] }] }),
  };
}
