import type { EventEnvelope } from '../model/event-envelope.ts';

/** JSON data with a string id. Times are epoch milliseconds or ISO text, quantities text or safe integers. */
export interface Document {
  readonly id: string;
}

export interface Versioned<D extends Document> {
  readonly document: D;
  /** 1 after the first save, plus one with each. */
  readonly version: number;
}

/** An event to be relayed after the document that it belongs to is saved. */
export interface OutboxEvent {
  readonly stream: string;
  readonly subject: string;
  readonly envelope: EventEnvelope;
}

export type FieldValue = string | number | boolean;

export interface FieldFilter {
  readonly eq?: FieldValue;
  /** At most IN_VALUES_MAX values. */
  readonly in?: readonly FieldValue[];
  readonly gt?: string | number;
  readonly gte?: string | number;
  readonly lt?: string | number;
  readonly lte?: string | number;
}

export interface Query {
  /** Field paths of declared indexes, joined by AND. */
  readonly where?: Readonly<Record<string, FieldFilter>>;
  /** A declared index path; ties are broken by id in the same direction. Default: id ascending. */
  readonly orderBy?: { readonly path: string; readonly direction: 'asc' | 'desc' };
  /** Keyset paging: continue after the document with this id and this value of the order path. */
  readonly after?: { readonly id: string; readonly value: FieldValue | null };
  /** 1 to FIND_LIMIT_MAX. */
  readonly limit: number;
}

export const IN_VALUES_MAX = 1_000;
export const FIND_LIMIT_MAX = 1_000;

/** What a collection promises to be found by. Every path that a query names must be declared here. */
export interface CollectionDefinition {
  readonly name: string;
  readonly indexes: readonly IndexDefinition[];
  /**
   * Its documents are made from others, and whoever makes them begins anew when it finds none: a store may keep them apart,
   * where nobody waits for their saves, and give them up when they are damaged. They publish nothing and have no unique index.
   */
  readonly isDerived?: true;
}

export interface IndexDefinition {
  /** One field path, or several for a compound index. Dots step into objects; arrays cannot be indexed. */
  readonly paths: readonly string[];
  /** Documents that lack one of the paths are left out of a unique index. */
  readonly unique?: boolean;
}

/**
 * Versioned documents.
 *
 * Guarantees:
 * - `save` resolves only when document and outbox events are durable, both or neither;
 * - a save at another version than `expectedVersion` (0: must not exist) is refused and changes nothing;
 * - a unique index refuses the second document;
 * - each outbox event is published to its stream at least once under its own id, and the events of one collection in
 *   the order of their saves;
 * - no multi-document atomicity.
 *
 * What is given may be shared by its readers: nobody changes it.
 */
export interface Collection<D extends Document> {
  get(id: string): Promise<Versioned<D> | undefined>;
  /** In no particular order; unknown ids are absent. */
  getMany(ids: readonly string[]): Promise<readonly Versioned<D>[]>;
  /**
   * @returns the new version
   * @throws {DocumentConflict} when the version is not the expected one
   * @throws {UniqueViolation} when a unique index already holds these values
   */
  save(document: D, expectedVersion: number, outbox?: readonly OutboxEvent[]): Promise<number>;
  /** @throws {DocumentConflict} */
  delete(id: string, expectedVersion: number): Promise<void>;
  find(query: Query): Promise<readonly Versioned<D>[]>;
}

export interface Documents {
  collection<D extends Document>(definition: CollectionDefinition): Promise<Collection<D>>;
  /**
   * Resolves when every outbox event saved before the call has been published.
   * @param stream only those that go to this stream are waited for, whatever keeps the others
   */
  flushOutbox(stream?: string): Promise<void>;
}
