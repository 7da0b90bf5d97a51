import { describe, expect, test } from '@jest/globals';
import { parseMessage } from 'graphql-ws';
import { readMessage } from './received-message.ts';

const QUERY = `subscription { availabilityChanged(channel: "WEB") { ${'changes { key } '.repeat(10)} } }`;
const PAYLOAD = { query: QUERY, operationName: 'Live', variables: { skus: ['A', 'B'] } };

describe('a message of a client', () => {
  test('that subscribes is told by its id, apart from what it subscribes to', () => {
    const { text, payload } = readMessage(JSON.stringify({ id: 'a "quoted" id', type: 'subscribe', payload: PAYLOAD }));
    expect(payload).toEqual(PAYLOAD);
    expect(parseMessage(text)).toEqual({ id: 'a "quoted" id', type: 'subscribe', payload: { query: '' } });
  });

  test.each([
    ['that is short', '{"id":"1","type":"subscribe","payload":{"query":"subscription { a }"}}'],
    ['of another type', JSON.stringify({ type: 'connection_init', payload: { authorization: 'x'.repeat(300) } })],
    ['that is not JSON', `{"id":"1","type":"subscribe",${' '.repeat(300)}`],
    ['without an id', JSON.stringify({ type: 'subscribe', payload: PAYLOAD })],
    ['whose query is no text', JSON.stringify({ id: '1', type: 'subscribe', payload: { ...PAYLOAD, query: [QUERY] } })],
  ])('%s is told as it is', (_what, text) => {
    expect(readMessage(text)).toEqual({ text, payload: undefined });
  });
});
