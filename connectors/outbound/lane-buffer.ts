import type { CommandStore, VersionedCommand } from './command-store.ts';
import type { Lane } from './port.ts';
import { orderedWith } from './queued-command.ts';

export interface LaneBufferOptions {
  readonly store: CommandStore;
  readonly system: string;
  readonly lane: Lane;
  readonly pageCommands: number;
  readonly heldCommandsMax: number;
}

/** The commands that wait in one lane, in order, as far as they are looked at: a page of them, and more when those may not go. */
export class LaneBuffer {
  readonly #options: LaneBufferOptions;
  readonly #away = new Set<string>();
  #held: VersionedCommand[] = [];
  #last: VersionedCommand | undefined;
  #mayHaveMore = true;

  constructor(options: LaneBufferOptions) {
    this.#options = options;
  }

  /** Something was added to the end of the lane; by another process perhaps before it. */
  grow(): void {
    this.#mayHaveMore = true;
    if (this.#held.length === 0) this.#last = undefined;
  }

  /** Something may have changed anywhere: what is held is looked up again. */
  reset(): void {
    this.#held = [];
    this.#last = undefined;
    this.#mayHaveMore = true;
  }

  /** Nothing of this process is under way, and others may have done anything. */
  begin(): void {
    this.#away.clear();
    this.reset();
  }

  /**
   * Takes out the first command that may go. Of one group only its first is asked for: what comes later waits behind it.
   * @param mayGo false for a command that is under way or not due
   */
  async take(mayGo: (command: VersionedCommand) => boolean): Promise<VersionedCommand | undefined> {
    for (;;) {
      const blocked = new Set<string>();
      for (const [index, command] of this.#held.entries()) {
        const group = orderedWith(command.document);
        if (blocked.has(group)) continue;
        if (mayGo(command)) {
          this.#held.splice(index, 1);
          this.#away.add(command.document.id);
          return command;
        }
        blocked.add(group);
      }
      if (!(await this.#fill())) return undefined;
    }
  }

  /** What was taken out has come to its end. */
  forget({ document: { id } }: VersionedCommand): void {
    this.#away.delete(id);
  }

  /** Puts back what could not be done, at its place. */
  putBack(command: VersionedCommand): void {
    const { id, ticket } = command.document;
    this.#away.delete(id);
    const index = this.#held.findIndex((held) => held.document.ticket > ticket);
    this.#held.splice(index === -1 ? this.#held.length : index, 0, command);
  }

  /** The system is down: what failed for that alone goes in its order again when it is back. */
  forgive(nowMs: number): void {
    this.#held = this.#held.map((held) =>
      held.document.attempts === 0 && held.document.dueAtMs > nowMs
        ? { ...held, document: { ...held.document, dueAtMs: nowMs } }
        : held,
    );
  }

  /** The earliest time at which something held is due; undefined when nothing is held. */
  nextDueMs(): number | undefined {
    return this.#held.reduce<number | undefined>(
      (earliest, { document }) => Math.min(earliest ?? document.dueAtMs, document.dueAtMs),
      undefined,
    );
  }

  /** @returns whether there is more to look at now */
  async #fill(): Promise<boolean> {
    const { store, system, lane, pageCommands, heldCommandsMax } = this.#options;
    if (!this.#mayHaveMore || this.#held.length >= heldCommandsMax) return false;
    this.#mayHaveMore = false;
    const page = await store.waiting({ system, lane }, { after: this.#last, limit: pageCommands });
    if (page.length === pageCommands) this.#mayHaveMore = true;
    this.#last = page.at(-1) ?? this.#last;
    const known = new Set(this.#held.map(({ document }) => document.id));
    this.#held.push(...page.filter(({ document: { id } }) => !known.has(id) && !this.#away.has(id)));
    return page.length > 0;
  }
}
