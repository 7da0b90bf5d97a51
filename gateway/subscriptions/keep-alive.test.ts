import { describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { KeepAlive, type Pinged } from './keep-alive.ts';

const INTERVAL_MS = 60_000;

interface Probe extends Pinged {
  pings: number;
  isTerminated: boolean;
}

function probe(answers: boolean): Probe {
  const connection: Probe = {
    isAlive: true,
    pings: 0,
    isTerminated: false,
    ping: () => {
      connection.pings++;
      connection.isAlive = answers;
    },
    terminate: () => {
      connection.isTerminated = true;
    },
  };
  return connection;
}

describe('keeping connections alive', () => {
  test('pings each once per interval, whenever it came', () => {
    const clock = new FakeClock();
    const keepAlive = new KeepAlive(clock, INTERVAL_MS);
    const connections = Array.from({ length: 5 }, () => probe(true));
    for (const connection of connections) {
      keepAlive.add(connection);
      clock.advance(INTERVAL_MS / 5);
    }
    clock.advance(9 * INTERVAL_MS);
    expect(connections.map(({ pings }) => pings)).toEqual([10, 9, 9, 9, 9]);
    expect(connections.some(({ isTerminated }) => isTerminated)).toBe(false);
  });

  test('ends one of which nothing was heard since its ping', () => {
    const clock = new FakeClock();
    const keepAlive = new KeepAlive(clock, INTERVAL_MS);
    const [quiet, answering] = [probe(false), probe(true)];
    keepAlive.add(quiet);
    keepAlive.add(answering);
    clock.advance(INTERVAL_MS);
    expect(quiet).toMatchObject({ pings: 1, isTerminated: false });
    clock.advance(INTERVAL_MS);
    expect(quiet).toMatchObject({ pings: 1, isTerminated: true });
    expect(answering).toMatchObject({ pings: 2, isTerminated: false });
  });

  test('has one timer for all, and none without connections', () => {
    const clock = new FakeClock();
    const keepAlive = new KeepAlive(clock, INTERVAL_MS);
    const added = Array.from({ length: 3 }, () => probe(true)).map((each) => ({ each, part: keepAlive.add(each) }));
    expect(clock.pending).toBe(1);
    for (const { each, part } of added) keepAlive.remove(each, part);
    expect(clock.pending).toBe(0);
    clock.advance(2 * INTERVAL_MS);
    expect(added.map(({ each }) => each.pings)).toEqual([0, 0, 0]);
  });
});
