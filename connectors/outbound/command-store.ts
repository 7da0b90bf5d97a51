import type { Collection, Documents, OutboxEvent, Versioned } from '../../kernel/ports/documents.ts';
import type { Ids } from '../../kernel/ports/ids.ts';
import { commandSettled } from '../../schema/events/outbound.ts';
import { publicationOf } from '../../schema/events/publication.ts';
import type { Lane } from './port.ts';
import type { CommandStatus, QueuedCommand } from './queued-command.ts';

export type VersionedCommand = Versioned<QueuedCommand>;

/** The commands of all outside systems. */
export class CommandStore {
  readonly #commands: Collection<QueuedCommand>;
  readonly #ids: Ids;

  constructor(commands: Collection<QueuedCommand>, ids: Ids) {
    this.#commands = commands;
    this.#ids = ids;
  }

  static async open(documents: Documents, ids: Ids): Promise<CommandStore> {
    const commands = await documents.collection<QueuedCommand>({
      name: 'outbound-commands',
      indexes: [
        { paths: ['system', 'status', 'lane', 'ticket'] },
        { paths: ['system', 'status', 'ticket'] },
        { paths: ['system', 'settledAtMs'] },
        { paths: ['ticket'] },
        { paths: ['settledAtMs'] },
      ],
    });
    return new CommandStore(commands, ids);
  }

  static idOf({ system, key }: { readonly system: string; readonly key: string }): string {
    return `${system}|${key}`;
  }

  get(named: { readonly system: string; readonly key: string }): Promise<VersionedCommand | undefined> {
    return this.#commands.get(CommandStore.idOf(named));
  }

  /** Commands that wait in a lane, in order, after a ticket. */
  waiting(
    { system, lane }: { readonly system: string; readonly lane: Lane },
    { after, limit }: { readonly after: VersionedCommand | undefined; readonly limit: number },
  ): Promise<readonly VersionedCommand[]> {
    return this.#commands.find({
      where: { system: { eq: system }, status: { eq: 'WAITING' }, lane: { eq: lane } },
      orderBy: { path: 'ticket', direction: 'asc' },
      limit,
      ...(after && { after: { id: after.document.id, value: after.document.ticket } }),
    });
  }

  /** Commands that wait for a system, counted up to `max`. */
  async countWaiting(system: string, max: number): Promise<number> {
    let [count, after]: [number, VersionedCommand | undefined] = [0, undefined];
    while (count < max) {
      const limit = Math.min(COUNT_PAGE, max - count);
      const page: readonly VersionedCommand[] = await this.list({ system, status: 'WAITING' }, { after, limit });
      count += page.length;
      after = page.at(-1);
      if (page.length < limit) break;
    }
    return count;
  }

  list(
    { system, status }: { readonly system: string; readonly status: CommandStatus },
    { after, limit }: { readonly after: VersionedCommand | undefined; readonly limit: number },
  ): Promise<readonly VersionedCommand[]> {
    return this.#commands.find({
      where: { system: { eq: system }, status: { eq: status } },
      orderBy: { path: 'ticket', direction: 'asc' },
      limit,
      ...(after && { after: { id: after.document.id, value: after.document.ticket } }),
    });
  }

  /** @throws {DocumentConflict} when somebody else was quicker */
  async save(command: QueuedCommand, version: number): Promise<VersionedCommand> {
    return { document: command, version: await this.#commands.save(command, version) };
  }

  /**
   * Saves that it has come to an end, together with what its sender is told.
   * @throws {DocumentConflict} when somebody else was quicker
   */
  async settle(command: QueuedCommand, version: number): Promise<void> {
    await this.#commands.save(command, version, [this.#settledOf(command)]);
  }

  /**
   * Takes out what a system was asked, and what it answered, by commands of one sender that have come to their end. Their
   * keys begin with this, and stand together in the order of ids.
   * @returns how many they were
   */
  async erase(system: string, keyPrefix: string): Promise<number> {
    const prefix = CommandStore.idOf({ system, key: keyPrefix });
    let erased = 0;
    let after = { id: prefix, value: null };
    for (;;) {
      const page = await this.#commands.find({ limit: COUNT_PAGE, after });
      const found = page.filter(({ document }) => document.id.startsWith(prefix));
      for (const { document, version } of found) {
        if (!OVER.includes(document.status) || (document.payload === null && document.result === null)) continue;
        await this.#commands.save({ ...document, payload: null, result: null }, version);
        erased++;
      }
      const last = found.at(-1);
      if (!last || found.length < COUNT_PAGE) return erased;
      after = { id: last.document.id, value: null };
    }
  }

  /** Removes what ended before an instant. @returns how many */
  async sweep(system: string, { beforeMs, limit }: { readonly beforeMs: number; readonly limit: number }) {
    const old = await this.#commands.find({
      where: { system: { eq: system }, settledAtMs: { lt: beforeMs } },
      orderBy: { path: 'settledAtMs', direction: 'asc' },
      limit,
    });
    // What was given up waits for a person, however long that takes.
    const over = old.filter(({ document }) => document.status !== 'DEAD');
    await Promise.allSettled(over.map(({ document, version }) => this.#commands.delete(document.id, version)));
    return over.length;
  }

  #settledOf({ system, key, name, ref, status, attempts, reason, ...rest }: QueuedCommand): OutboxEvent {
    const id = this.#ids.next();
    const atMs = rest.settledAtMs ?? rest.submittedAtMs;
    return publicationOf(commandSettled, {
      id,
      key: ref,
      source: { system: 'outbound', eventId: id },
      occurredAtMs: atMs,
      recordedAtMs: atMs,
      correlationId: rest.correlationId,
      data: {
        system,
        key,
        name,
        ref,
        status: status === 'DONE' || status === 'DEAD' ? status : 'REFUSED',
        attempts,
        ...(reason && status !== 'DONE' && { code: reason.code, message: reason.message.slice(0, MESSAGE_LENGTH_MAX) }),
      },
    });
  }
}

/** What was given up may be done after all. */
const OVER: readonly CommandStatus[] = ['DONE', 'REFUSED', 'DISCARDED'];
const COUNT_PAGE = 1_000;
const MESSAGE_LENGTH_MAX = 500;
