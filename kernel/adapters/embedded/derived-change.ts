/** One write to a collection of derived documents, as it goes to the thread that does it. */
export interface DerivedChange {
  readonly collection: string;
  readonly id: string;
  /** 0: it must not exist. */
  readonly expectedVersion: number;
  /** JSON; absent: it is removed. */
  readonly body?: string;
}

/** Changes that are committed together. */
export interface DerivedGroup {
  readonly changes: readonly DerivedChange[];
  /** How far the store was when they were made of it. */
  readonly storeCommits: number;
}

/** Of each change whether its document stood at the expected version, or why nothing of the group was written. */
export type DerivedOutcome = { readonly done: readonly boolean[] } | { readonly failure: string };
