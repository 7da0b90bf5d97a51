import type { Static, TSchema } from '@sinclair/typebox';

/**
 * A request that crosses contexts. A command changes state: it carries a command id that its sender derives from what
 * caused it and repeats until it is answered; an answer means durable. A question changes nothing and carries none.
 */
export interface CommandDefinition<
  Name extends string = string,
  Request extends TSchema = TSchema,
  Reply extends TSchema = TSchema,
> {
  /** The context that owns the state and answers. */
  readonly context: 'inbox' | 'outbound' | 'inventory' | 'orders' | 'returns' | 'products' | 'operations';
  /** Verb and noun in kebab case. */
  readonly name: Name;
  readonly version: number;
  readonly meaning: string;
  readonly request: Request;
  readonly reply: Reply;
}

export type RequestOf<Definition extends CommandDefinition> = Static<Definition['request']>;
export type ReplyOf<Definition extends CommandDefinition> = Static<Definition['reply']>;

export function defineCommand<Name extends string, Request extends TSchema, Reply extends TSchema>(
  definition: CommandDefinition<Name, Request, Reply>,
): CommandDefinition<Name, Request, Reply> {
  return definition;
}
