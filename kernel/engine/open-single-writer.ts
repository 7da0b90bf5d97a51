import { CommandIndex } from './command-index.ts';
import { JournalWriter } from './journal-writer.ts';
import { replay } from './replay.ts';
import { WRITER_LIMITS, type SingleWriter, type SingleWriterOptions } from './single-writer.ts';

/**
 * Opens the log of a context, replays it and starts to take commands.
 * @throws {JournalCorrupt} when the log is damaged, or ends before a snapshot
 * @throws {Obstacle} when somebody else has the log open
 */
export async function openSingleWriter<State, Command, Event, Answer>(
  options: SingleWriterOptions<State, Command, Event, Answer>,
): Promise<SingleWriter<State, Command, Event, Answer>> {
  const { context, definition, platform } = options;
  const limits = { ...WRITER_LIMITS, ...options.limits };
  const journal = await platform.openJournal(context);
  try {
    const { snapshots, telemetry } = platform;
    const hasCommandIndex = options.commandIndex !== undefined;
    const replayed = await replay(definition, { context, journal, snapshots, telemetry, limits, hasCommandIndex });
    const commands = options.commandIndex && (await CommandIndex.open(options.commandIndex, { journal, telemetry }));
    return new JournalWriter({ ...options, limits, journal, replayed, ...(commands && { commands }) });
  } catch (error) {
    await journal.close();
    throw error;
  }
}
