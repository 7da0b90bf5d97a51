import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../testing/config.ts';
import { FrameReader, ProtocolBroken } from './frame-reader.ts';
import { FRAME_HEAD_BYTES, FRAME_LENGTH_BYTES, type Frame } from './rpc-frame.ts';

const { propertyRuns: numRuns, propertySeed: seed } = testConfig();
const parameters = { numRuns, ...(seed !== undefined && { seed }) };

const frames = fc.array(
  fc.record({
    kind: fc.integer({ min: 1, max: 6 }),
    id: fc.integer({ min: 0, max: 0xffff_ffff }),
    text: fc.string({ unit: 'grapheme', maxLength: 40 }),
  }),
  { maxLength: 20 },
);

describe('FrameReader', () => {
  test('gives the frames that were sent, however the bytes are cut', () => {
    fc.assert(
      fc.property(frames, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (sent, cuts) => {
        const read: Frame[] = [];
        const reader = new FrameReader(1_000, (kind, id, text) => read.push({ kind, id, text }));
        for (const chunk of cut(Buffer.concat(sent.map(bytesOf)), cuts)) reader.push(chunk);
        expect(read).toEqual(sent.map(({ kind, id, text }) => ({ kind, id, text: Buffer.from(text).toString() })));
      }),
      parameters,
    );
  });

  test('takes a frame of the longest size and none beyond', () => {
    const read: string[] = [];
    const reader = new FrameReader(FRAME_HEAD_BYTES + 3, (_kind, _id, text) => read.push(text));
    reader.push(bytesOf({ kind: 1, id: 1, text: 'abc' }));
    expect(read).toEqual(['abc']);
    expect(() => reader.push(bytesOf({ kind: 1, id: 2, text: 'abcd' }))).toThrow(ProtocolBroken);
  });

  test('refuses a frame that is too short for its head', () => {
    const reader = new FrameReader(1_000, () => undefined);
    expect(() => reader.push(Buffer.from([0, 0, 0, FRAME_HEAD_BYTES - 1]))).toThrow(ProtocolBroken);
  });
});

function bytesOf({ kind, id, text }: Frame): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.alloc(FRAME_LENGTH_BYTES + FRAME_HEAD_BYTES);
  head.writeUInt32BE(body.length + FRAME_HEAD_BYTES, 0);
  head.writeUInt8(kind, FRAME_LENGTH_BYTES);
  head.writeUInt32BE(id, FRAME_LENGTH_BYTES + 1);
  return Buffer.concat([head, body]);
}

function* cut(bytes: Buffer, lengths: readonly number[]): Iterable<Buffer> {
  for (let from = 0, turn = 0; from < bytes.length; turn++) {
    const length = lengths[turn % lengths.length] as number;
    yield Buffer.from(bytes.subarray(from, from + length));
    from += length;
  }
}
