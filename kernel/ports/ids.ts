/** The only source of ids and randomness. */
export interface Ids {
  /** A UUIDv7: unique, and increasing within one process. */
  next(): string;
  /** An id for a new log: 16 lower-case base-36 characters of randomness. */
  epoch(): string;
}
