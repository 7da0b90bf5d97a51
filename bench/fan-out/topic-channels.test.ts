import { expect, test } from '@jest/globals';
import { ChangeScript } from './change-script.ts';
import { TopicChannels, type PlainFrame } from './topic-channels.ts';

test('tells each list of SKUs its own changes in one frame, and nobody else', async () => {
  const channels = new TopicChannels();
  const empty: PlainFrame = { availabilityChanged: { cursor: '', reset: true, changes: [] } };
  const frameOf = (changes: readonly object[]): PlainFrame => ({
    availabilityChanged: { cursor: '', reset: false, changes },
  });
  const both = channels.channelOf(['SKU-0', 'SKU-1']).read(empty);
  const second = channels.channelOf(['SKU-1']).read(empty);
  await Promise.all([both.next(), second.next()]);
  const waiting = Promise.all([both.next(), second.next()]);
  const [zero, one] = new ChangeScript(3).next(3).records;
  channels.publish(zero && one ? [zero, one] : [], frameOf);
  const told = await waiting;
  expect(told.map(({ value }) => (value as PlainFrame).availabilityChanged.changes)).toEqual([[zero, one], [one]]);
});
