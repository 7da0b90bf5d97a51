import { expect, test } from '@jest/globals';
import { Obstacle, Refusal } from '../../../kernel/model/errors.ts';
import { RecordingTelemetry } from '../../../kernel/testing/recording-telemetry.ts';
import { eachAlone } from './each-alone.ts';

const ITEMS = ['a', 'b', 'c'].map((id) => ({ id }));

async function run(act: (id: string, stop: () => void) => void) {
  const [telemetry, stopping, done] = [new RecordingTelemetry(), new AbortController(), [] as string[]];
  const look = { signal: stopping.signal, telemetry, failed: 'it failed' };
  const acted = eachAlone(
    ITEMS,
    async ({ id }) => {
      act(id, () => stopping.abort());
      done.push(id);
    },
    look,
  );
  const error: unknown = await acted.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { done, error, logs: telemetry.logs.map(({ message, fields }) => [message, fields['id']]) };
}

test('one that fails keeps no other back, and is told of', async () => {
  const refuseFirst = (id: string): void => {
    if (id === 'a') throw new Refusal('LIMIT_EXCEEDED', 'It has too long a history.');
  };
  expect(await run(refuseFirst)).toEqual({ done: ['b', 'c'], error: undefined, logs: [['it failed', 'a']] });
});

test('what is in the way of all ends the look', async () => {
  const away = new Obstacle('CONTEXT_UNAVAILABLE', 'The documents are away.');
  const { done, error } = await run((id) => {
    if (id === 'b') throw away;
  });
  expect([done, error]).toEqual([['a'], away]);
});

test('nothing more is begun once it is to stop', async () => {
  const { done } = await run((id, stop) => {
    if (id === 'b') stop();
  });
  expect(done).toEqual(['a', 'b']);
});
