import type { Static, TSchema } from '@sinclair/typebox';

/**
 * The parts of the hub that publish. `inbox` is the door through which facts from outside enter, `outbound` the one through
 * which commands leave.
 */
export type PublishingContext = 'inbox' | 'outbound' | 'products' | 'inventory' | 'orders' | 'returns' | 'operations';

/** A published event: the contract between its context and everybody who listens. */
export interface EventDefinition<Type extends string = string, Data extends TSchema = TSchema> {
  readonly context: PublishingContext;
  readonly type: Type;
  readonly version: number;
  /** One sentence: what it means that this happened. */
  readonly meaning: string;
  /** JSON Schema of `EventEnvelope.data`. */
  readonly data: Data;
  /**
   * What the data of older versions mean, the first from version 1 to 2: one for each time that the form changed in another
   * way than by members that may be absent.
   */
  readonly upcasts?: readonly ((older: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>)[];
}

export type DataOf<Definition extends EventDefinition> = Static<Definition['data']>;

export function defineEvent<Type extends string, Data extends TSchema>(
  definition: EventDefinition<Type, Data>,
): EventDefinition<Type, Data> {
  return definition;
}
