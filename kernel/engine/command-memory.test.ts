import { describe, expect, test } from '@jest/globals';
import { CommandMemory } from './command-memory.ts';
import { CommandQueue } from './command-queue.ts';

describe('command memory', () => {
  const fill = (memory: CommandMemory<number>, fromSeq: number, toSeq: number): void => {
    for (let seq = fromSeq; seq <= toSeq; seq++) {
      memory.addBatch(seq, seq * 10, [{ commandId: `c${seq}`, payloadHash: 'h', answer: seq }]);
    }
  };

  test('it never holds more than its bound, and forgets the oldest first', () => {
    const memory = new CommandMemory<number>({ rememberedCommandsMax: 100, rememberMs: 1_000_000 });
    fill(memory, 1, 10_000);
    expect(memory.size).toBe(100);
    expect(memory.get('c9900')).toBeUndefined();
    expect(memory.get('c9901')).toMatchObject({ answer: 9_901, seq: 9_901 });
    expect(memory.oldestSeq(10_000)).toBe(9_901);
  });

  test('what is older than its time is forgotten', () => {
    const memory = new CommandMemory<number>({ rememberedCommandsMax: 100, rememberMs: 50 });
    fill(memory, 1, 20);
    expect(memory.size).toBe(6);
    expect(memory.oldestSeq(20)).toBe(15);
  });

  test('an empty memory needs nothing to be read again', () => {
    const memory = new CommandMemory<number>({ rememberedCommandsMax: 100, rememberMs: 50 });
    expect(memory.oldestSeq(7)).toBe(8);
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
