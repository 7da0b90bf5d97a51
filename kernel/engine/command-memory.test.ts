import { describe, expect, test } from '@jest/globals';
import { CommandMemory } from './command-memory.ts';
import { CommandQueue } from './command-queue.ts';
import type { CommandRecord } from './command-record.ts';
import { textHash } from '../model/text-hash.ts';

/** Found by trying. */
const COLLIDING_IDS = ['command-8388', 'command-302620'] as const;

describe('command memory', () => {
  const LIMITS = { rememberedCommandsMax: 100, rememberedCharactersMax: 1_000_000, rememberMs: 1_000_000 };
  const recordOf = (seq: number, payloadHash = 'h'): CommandRecord => ({
    commandId: `c${seq}`,
    payloadHash,
    events: [],
    answer: seq,
  });
  const add = (memory: CommandMemory, seq: number, records: readonly CommandRecord[]): void =>
    memory.addBatch({ seq, recordedAtMs: seq * 10, records, texts: records.map((record) => JSON.stringify(record)) });
  const fill = (memory: CommandMemory, fromSeq: number, toSeq: number): void => {
    for (let seq = fromSeq; seq <= toSeq; seq++) add(memory, seq, [recordOf(seq)]);
  };

  test('it never holds more than its bound, and forgets the oldest first', () => {
    const memory = new CommandMemory(LIMITS);
    fill(memory, 1, 10_000);
    expect(memory.size).toBe(100);
    expect(memory.get('c9900')).toBeUndefined();
    expect(memory.get('c9901')).toEqual(recordOf(9_901));
    expect(memory.oldestSeq(10_000)).toBe(9_901);
  });

  test('all of them are found at every moment, however many came and went', () => {
    const memory = new CommandMemory({ ...LIMITS, rememberedCommandsMax: 7 });
    for (let seq = 1; seq <= 500; seq++) {
      fill(memory, seq, seq);
      const known = Array.from({ length: seq }, (_, index) => index + 1).filter((past) => memory.get(`c${past}`));
      expect(known).toEqual(Array.from({ length: seq }, (_, index) => index + 1).slice(-7));
    }
  });

  test('ids of the same hash are told from each other', () => {
    const [one, other] = COLLIDING_IDS;
    expect(textHash(one)).toBe(textHash(other));
    const memory = new CommandMemory({ ...LIMITS, rememberedCommandsMax: 2 });
    add(memory, 1, [{ ...recordOf(1), commandId: one }]);
    expect(memory.get(other)).toBeUndefined();
    add(memory, 2, [{ ...recordOf(2), commandId: other }]);
    expect([memory.get(one)?.answer, memory.get(other)?.answer]).toEqual([1, 2]);
    fill(memory, 3, 3);
    expect([memory.get(one)?.answer, memory.get(other)?.answer]).toEqual([undefined, 2]);
  });

  test('what is older than its time is forgotten', () => {
    const memory = new CommandMemory({ ...LIMITS, rememberMs: 50 });
    fill(memory, 1, 20);
    expect(memory.size).toBe(6);
    expect(memory.oldestSeq(20)).toBe(15);
  });

  test('it never holds more text than its bound', () => {
    const rememberedCharactersMax = JSON.stringify(recordOf(101)).length * 3;
    const memory = new CommandMemory({ ...LIMITS, rememberedCharactersMax });
    fill(memory, 101, 120);
    expect(memory.size).toBe(3);
    add(memory, 121, [{ ...recordOf(121), answer: 'x'.repeat(rememberedCharactersMax) }]);
    expect(memory.size).toBe(0);
    expect(memory.get('c121')).toBeUndefined();
  });

  test('commands that nobody can repeat take no place', () => {
    const memory = new CommandMemory({ ...LIMITS, rememberedCommandsMax: 1 });
    add(memory, 1, [recordOf(1), recordOf(2, '')]);
    expect([memory.size, memory.get('c1')?.answer]).toEqual([1, 1]);
  });

  test('a memory of nothing holds nothing', () => {
    const memory = new CommandMemory({ ...LIMITS, rememberedCommandsMax: 0 });
    fill(memory, 1, 3);
    expect([memory.size, memory.get('c3')]).toEqual([0, undefined]);
  });

  test('an empty memory needs nothing to be read again', () => {
    expect(new CommandMemory(LIMITS).oldestSeq(7)).toBe(8);
  });
});

describe('command queue', () => {
  test('gives back in order what came in, however pushing and taking alternate', () => {
    const queue = new CommandQueue<number>();
    const taken: number[] = [];
    let next = 0;
    for (let round = 0; round < 200; round++) {
      for (let n = 0; n < 1 + (round % 37); n++) queue.push(next++);
      for (let n = 0; n < round % 41; n++) {
        const item = queue.shift();
        if (item !== undefined) taken.push(item);
      }
    }
    while (queue.length > 0) taken.push(queue.shift() as number);
    expect(taken).toEqual(Array.from({ length: next }, (_, n) => n));
    expect([queue.peek(), queue.shift()]).toEqual([undefined, undefined]);
  });
});
