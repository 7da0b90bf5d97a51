import { isRefusal, Refusal } from '../model/errors.ts';
import type { CommandQueue } from './command-queue.ts';
import { toRecord, type CommandOutcome, type CommandRecord } from './command-record.ts';
import type { Decision, DecisionMoment, RefusedDecision, WriterDefinition } from './writer-definition.ts';

export interface PendingCommand<Command, Answer> {
  readonly command: Command;
  readonly commandId: string;
  readonly payloadHash: string;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome<Event, Answer> = Decision<Event, Answer> | RefusedDecision<Event>;

interface RejectedCommand<Command, Answer> {
  readonly pending: PendingCommand<Command, Answer>;
  readonly error: unknown;
}

export interface BatchBounds {
  readonly batchCommandsMax: number;
  readonly batchBytesMax: number;
}

export interface DecidedBatch<Command, Event, Answer> {
  readonly records: CommandRecord<Event, Answer>[];
  /** The JSON texts of the records, at the same places: made to know their size, and what the log will hold. */
  readonly texts: string[];
  /** What the commands of the records are answered, at the same places. */
  readonly outcomes: CommandOutcome<Answer>[];
  /** The commands of the records, at the same places. */
  readonly pending: PendingCommand<Command, Answer>[];
  /** Commands that left no trace, with why. */
  readonly rejected: RejectedCommand<Command, Answer>[];
}

/**
 * Decides commands from the front of `queue` until one bound is met, each against the state that the one before left.
 * A command whose `decide` throws, or whose record fits no batch, is rejected and leaves no trace.
 */
export function decideBatch<State, Command, Event, Answer>(
  definition: WriterDefinition<State, Command, Event, Answer>,
  { state, seq, moment }: { readonly state: State; readonly seq: number; readonly moment: DecisionMoment },
  queue: CommandQueue<PendingCommand<Command, Answer>>,
  bounds: BatchBounds,
): DecidedBatch<Command, Event, Answer> {
  const batch: DecidedBatch<Command, Event, Answer> = {
    records: [],
    texts: [],
    outcomes: [],
    pending: [],
    rejected: [],
  };
  // The brackets of the array; each record brings a comma.
  let bytes = 2;
  let taken = 0;
  for (let next = queue.peek(); next && taken < bounds.batchCommandsMax; next = queue.peek(), taken++) {
    const decision = decideOne(definition, state, { pending: next, moment, rejected: batch.rejected });
    const record = decision && toRecord(next, decision);
    const text = record ? JSON.stringify(record) : '';
    const recordBytes = Buffer.byteLength(text) + 1;
    if (record && recordBytes + 2 <= bounds.batchBytesMax) {
      if (bytes + recordBytes > bounds.batchBytesMax) break;
      bytes += recordBytes;
      for (const event of record.events) definition.evolve(state, event, seq);
      batch.records.push(record);
      batch.texts.push(text);
      batch.outcomes.push(outcomeIn(decision, record));
      batch.pending.push(next);
    } else if (record) {
      batch.rejected.push({ pending: next, error: tooLarge(recordBytes, bounds.batchBytesMax) });
    }
    queue.shift();
  }
  return batch;
}

function decideOne<State, Command, Event, Answer>(
  definition: WriterDefinition<State, Command, Event, Answer>,
  state: State,
  deciding: {
    readonly pending: PendingCommand<Command, Answer>;
    readonly moment: DecisionMoment;
    readonly rejected: RejectedCommand<Command, Answer>[];
  },
): Outcome<Event, Answer> | undefined {
  const { pending, moment, rejected } = deciding;
  try {
    return definition.decide(state, pending.command, moment);
  } catch (error) {
    rejected.push({ pending, error });
    return undefined;
  }
}

/** The record says it, or the decision where the record leaves out what its events say. */
function outcomeIn<Event, Answer>(
  decision: Outcome<Event, Answer>,
  record: CommandRecord<Event, Answer>,
): CommandOutcome<Answer> {
  if (isRefusal(decision) || !decision.isAnswerOfEvents) return record;
  return { commandId: record.commandId, payloadHash: record.payloadHash, answer: decision.answer };
}

function tooLarge(bytes: number, batchBytesMax: number): Refusal {
  return new Refusal(
    'LIMIT_EXCEEDED',
    `The command brings about ${bytes} bytes of events, more than one batch takes.`,
    {
      limit: 'batchBytesMax',
      batchBytesMax,
      bytes,
    },
  );
}
