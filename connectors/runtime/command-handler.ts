/** What a handler is told beside the payload. */
export interface CommandContext {
  /** The idempotency key: what the system must know the command by. */
  readonly key: string;
  readonly correlationId: string;
}

/** How one kind of command is done by one outside system. */
export interface CommandHandler {
  /**
   * Does it, bounded by a timeout. May be called again under the same key.
   * @returns JSON data for whoever sent the command
   * @throws {Refusal} what the system said no to, for good
   * @throws {Obstacle} when it is to be tried again
   */
  perform(payload: unknown, context: CommandContext): Promise<unknown>;
  /**
   * For a system that has no idempotency keys of its own: what it has already under the hub's key, which `perform` must
   * have written there. Asked before every attempt that may not be the first.
   */
  find?(payload: unknown, context: CommandContext): Promise<{ readonly result: unknown } | undefined>;
}

/** By the name of the command. */
export type CommandHandlers = Readonly<Record<string, CommandHandler>>;
