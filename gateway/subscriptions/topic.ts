/** A subscription field bound to a published event by `@topic`. */
export interface Topic {
  /** The field of `Subscription`. */
  readonly field: string;
  /** The context whose change log it follows. */
  readonly context: string;
  readonly event: string;
  readonly keyFields: readonly string[];
  /** Argument -> the field of the record that it filters on. */
  readonly filters: ReadonlyMap<string, string>;
  /** Claim -> the field of the record that it restricts; empty when everybody with the scope sees all. */
  readonly restrictions: ReadonlyMap<ScopeClaim, string>;
}

export type ScopeClaim = 'customer' | 'stores';

/** A place in the change log of a context. */
export interface Position {
  readonly epoch: string;
  readonly seq: number;
}
