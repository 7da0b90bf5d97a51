import { describe, expect, test } from '@jest/globals';
import { ArgumentFault, readArguments } from './read-arguments.ts';

describe('arguments of the gateway', () => {
  test('name a supergraph, a place to listen and addresses of subgraphs', () => {
    const args = ['--supergraph', 's.graphql', '--port', '0', '--subgraph', 'a=http://x/?q=1', '--subgraph=b=http://y'];
    expect(readArguments(args)).toEqual({
      supergraph: 's.graphql',
      host: '127.0.0.1',
      port: 0,
      subgraphs: new Map([
        ['a', 'http://x/?q=1'],
        ['b', 'http://y'],
      ]),
      overrideLabels: [],
      forwardedExtensions: [],
    });
  });

  test('may ask for help', () => {
    expect(readArguments(['--help'])).toBeUndefined();
  });

  test.each([
    [[], /--supergraph is missing/],
    [['--supergraph', 's', '--port', 'x'], /--port must be a port, 0 to 65535: "x"/],
    [['--supergraph', 's', '--port', '65536'], /--port/],
    [['--supergraph', 's', '--port', ''], /--port/],
    [['--supergraph', 's', '--subgraph', 'http://x'], /NAME=URL/],
    [['--supergraf', 's'], /Unknown option '--supergraf'/],
    [['s.graphql'], /positional/],
  ])('%j are refused', (args, words) => {
    expect(() => readArguments(args)).toThrow(ArgumentFault);
    expect(() => readArguments(args)).toThrow(words);
  });
});
