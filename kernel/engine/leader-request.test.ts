import { describe, expect, test } from '@jest/globals';
import { Obstacle, Refusal } from '../model/errors.ts';
import type { Rpc } from '../ports/rpc.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { ELECTION_LIMITS } from './elected-writer.ts';
import { askLeader, type LeaderAnswer } from './leader-request.ts';

const ANSWER: LeaderAnswer = { answer: 'done', seq: 3, leader: 'a' };

/** One command that is handed on; the clock is moved by the rests that it takes. */
function handOn(commandId: string, answers: (attempt: number) => unknown, isWorthAsking = () => true) {
  const clock = new FakeClock();
  const listeners = new Set<() => void>();
  const onNewLeader = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const askedMs: number[] = [];
  const subjects: string[] = [];
  const startMs = clock.nowMs();
  const rpc: Rpc = {
    request: async (subject) => {
      askedMs.push(clock.nowMs() - startMs);
      subjects.push(subject);
      const answer = answers(askedMs.length);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    serve: () => () => undefined,
  };
  const handed = { command: {}, commandId, payloadHash: '' };
  const subject = (attempt: number) => (attempt % 2 === 0 ? 'anybody' : 'by name');
  const parts = { context: 'stock', rpc, clock, limits: ELECTION_LIMITS, subject, isWorthAsking, onNewLeader };
  const asking = askLeader(parts, handed);
  const run = async (): Promise<LeaderAnswer> => {
    const state = { isOver: false };
    const end = (): void => void (state.isOver = true);
    asking.then(end, end);
    while (!state.isOver) {
      await new Promise((resolve) => setImmediate(resolve));
      clock.advance(1);
    }
    return asking;
  };
  const newLeader = (): void => [...listeners].forEach((tell) => tell());
  return { run, askedMs, subjects, newLeader, listeners };
}

const away = () => new Obstacle('CONTEXT_UNAVAILABLE', 'Nobody serves it.');

describe('a command that is handed on', () => {
  test('is asked again, by name and of anybody in turn, until somebody leads', async () => {
    const { run, subjects } = handOn('c-1', (attempt) => (attempt < 4 ? away() : ANSWER));
    expect(await run()).toEqual(ANSWER);
    expect(subjects).toEqual(['by name', 'anybody', 'by name', 'anybody']);
  });

  test('rests between its attempts, no two commands in step', async () => {
    const restsOf = async (commandId: string): Promise<readonly number[]> => {
      const { run, askedMs } = handOn(commandId, (attempt) => (attempt < 20 ? away() : ANSWER));
      await run();
      return askedMs.slice(1).map((atMs, index) => atMs - (askedMs[index] ?? 0));
    };
    const [one, other] = [await restsOf('c-1'), await restsOf('c-2')];
    for (const restMs of [...one, ...other]) {
      expect(restMs).toBeGreaterThanOrEqual(ELECTION_LIMITS.leaderRetryMs / 2);
      // The clock of the test may run a little further before it is looked at.
      expect(restMs).toBeLessThanOrEqual(ELECTION_LIMITS.leaderRetryMs + 5);
    }
    expect(one).not.toEqual(other);
    expect(new Set(one).size).toBeGreaterThan(5);
  });

  test('is an obstacle when nobody leads for as long as it may wait', async () => {
    const { run, askedMs } = handOn('c-1', away);
    await expect(run()).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
    expect(askedMs.at(-1)).toBeGreaterThan(ELECTION_LIMITS.commandWaitMs - 2 * ELECTION_LIMITS.leaderRetryMs - 5);
    expect(askedMs.at(-1)).toBeLessThanOrEqual(ELECTION_LIMITS.commandWaitMs);
  });

  test('is not asked for twice when the leader decided, nor when asking makes no sense', async () => {
    const decided = handOn('c-1', () => new Refusal('INSUFFICIENT_STOCK', 'There is none.'));
    await expect(decided.run()).rejects.toMatchObject({ code: 'INSUFFICIENT_STOCK' });
    const hopeless = handOn('c-1', away, () => false);
    await expect(hopeless.run()).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
    expect([decided.askedMs.length, hopeless.askedMs.length]).toEqual([1, 1]);
  });

  test('is asked at once of whoever begins to lead, by name, while the one before says nothing', async () => {
    const silence = new Promise<never>(() => undefined);
    const { run, askedMs, subjects, newLeader, listeners } = handOn('c-1', (attempt) =>
      attempt === 1 ? silence : ANSWER,
    );
    const running = run();
    await new Promise((resolve) => setImmediate(resolve));
    newLeader();
    expect(await running).toEqual(ANSWER);
    expect(subjects).toEqual(['by name', 'by name']);
    expect(askedMs[1]).toBeLessThan(ELECTION_LIMITS.leaderRetryMs / 2);
    expect(listeners.size).toBe(0);
  });

  test('does not rest when somebody begins to lead meanwhile', async () => {
    const { run, askedMs, newLeader } = handOn('c-1', (attempt) => {
      if (attempt > 1) return ANSWER;
      setImmediate(() => newLeader());
      return away();
    });
    await run();
    expect(askedMs[1]).toBeLessThan(ELECTION_LIMITS.leaderRetryMs / 2);
  });
});
