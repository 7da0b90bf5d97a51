import type { MessagePort } from 'node:worker_threads';
import { DomainError, invariant } from '../../model/errors.ts';
import type { JournalText } from '../../ports/journal.ts';
import { readRecords } from '../read-records.ts';
import type { WriterDefinition } from '../writer-definition.ts';
import { decodeSnapshot } from '../writer-snapshot.ts';
import type { PastCall, PastFailure, PastReply, PastRequest } from './past-message.ts';

export interface PastDefinition<State, Event, Question> {
  readonly writer: Pick<
    WriterDefinition<State, unknown, Event, unknown>,
    'initialState' | 'evolve' | 'snapshot' | 'readEvent'
  >;
  /** Answers from a state as of `seq`, as the live path would have then. @throws {Refusal} */
  readonly answer: (state: State, seq: number, question: Question) => unknown;
}

interface Kept<State> {
  readonly state: State;
  seq: number;
}

/** Rebuilds and keeps past states on behalf of whoever is at the other end of a port. */
export function servePast<State, Event, Question>(
  port: Pick<MessagePort, 'on' | 'postMessage'>,
  definition: PastDefinition<State, Event, Question>,
): void {
  const states = new Map<number, Kept<State>>();
  port.on('message', ({ id, request }: PastCall) => {
    let reply: PastReply;
    try {
      reply = { id, result: carryOut(states, definition, request as PastRequest<Question>) };
    } catch (error) {
      reply = { id, failure: failureOf(error) };
    }
    port.postMessage(reply);
  });
}

function carryOut<State, Event, Question>(
  states: Map<number, Kept<State>>,
  { writer, answer }: PastDefinition<State, Event, Question>,
  request: PastRequest<Question>,
): unknown {
  switch (request.type) {
    case 'begin':
      return void states.set(request.state, { state: writer.initialState(), seq: 0 });
    case 'load': {
      const decoded = writer.snapshot && decodeSnapshot(request.bytes, writer.snapshot);
      if (decoded) states.set(request.state, { state: decoded.state, seq: request.seq });
      return decoded !== undefined;
    }
    case 'advance':
      return advance(keptOf(states, request.state), writer, request.batches);
    case 'drop':
      return void states.delete(request.state);
    case 'ask': {
      const { state, seq } = keptOf(states, request.state);
      invariant(seq === request.seq, 'A past state is not as of the batch that was asked for.', { seq });
      return answer(state, seq, request.question);
    }
  }
}

function keptOf<State>(states: ReadonlyMap<number, Kept<State>>, name: number): Kept<State> {
  const kept = states.get(name);
  invariant(kept, 'A past state is not kept.', { name });
  return kept;
}

function advance<State, Event, Question>(
  kept: Kept<State>,
  writer: PastDefinition<State, Event, Question>['writer'],
  batches: readonly JournalText[],
): number {
  let count = 0;
  for (const { seq, eventsText } of batches) {
    invariant(seq === kept.seq + 1, 'A batch does not follow the state.', { seq, after: kept.seq });
    for (const { events } of readRecords(writer, JSON.parse(eventsText) as readonly unknown[])) {
      for (const event of events) writer.evolve(kept.state, event, seq);
      count += events.length;
    }
    kept.seq = seq;
  }
  return count;
}

function failureOf(error: unknown): PastFailure {
  if (error instanceof DomainError) return { code: error.code, message: error.message, details: error.details };
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
