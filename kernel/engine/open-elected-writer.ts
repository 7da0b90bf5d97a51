import { CommandIndex } from './command-index.ts';
import { ELECTION_LIMITS, type ElectedWriter, type ElectedWriterOptions } from './elected-writer.ts';
import { StandbyWriter } from './standby-writer.ts';
import { replay } from './replay.ts';
import { WRITER_LIMITS } from './single-writer.ts';

/**
 * Opens the log of a context beside whoever writes it, and replays it. It follows and stands for election from `start` on.
 * @throws {JournalCorrupt} when the log is damaged, or ends before a snapshot
 * @throws {Obstacle} when it cannot be read
 */
export async function openElectedWriter<State, Command, Event, Answer>(
  options: ElectedWriterOptions<State, Command, Event, Answer>,
): Promise<ElectedWriter<State, Command, Event, Answer>> {
  const { context, definition, platform, commandIndex } = options;
  const limits = { ...WRITER_LIMITS, ...options.limits };
  const election = { ...ELECTION_LIMITS, ...options.election };
  const journal = await platform.followJournal(context);
  try {
    const { snapshots, telemetry } = platform;
    const hasCommandIndex = commandIndex !== undefined;
    const replayed = await replay(definition, { context, journal, snapshots, telemetry, limits, hasCommandIndex });
    const seq = journal.head();
    const commands = commandIndex && (await CommandIndex.open(commandIndex, { journal, telemetry }));
    return new StandbyWriter({ ...options, limits, election, journal, replayed, seq, commands });
  } catch (error) {
    await journal.close();
    throw error;
  }
}
