/**
 * Tells the process that relays the outbox of a collection that another one has saved to it. Best effort: one that is
 * lost costs time alone, because the relay looks for itself as well.
 */
export interface OutboxNudges {
  tell(collection: string): void;
  /** @returns stops it */
  hear(listener: (collection: string) => void): () => void;
}
