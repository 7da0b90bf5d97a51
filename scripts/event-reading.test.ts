import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..');
const READERS = [
  'subgraphs',
  'connectors/runtime',
  'connectors/outbound',
  'connectors/subscribers',
  'kernel/engine',
  'gateway',
];
/** `envelope.data` taken as a type that nothing has checked, or parsed without a look at its version. */
const UNREAD = /envelope\.data as\b|\b(?:parseAs|readTold)(?:<[^(]*>)?\([^;]*envelope\.data/;

/*
 * Processes of two versions run side by side, and streams keep what earlier ones wrote: data of an event are what
 * `readEvent` makes of them.
 */
describe('the data of events', () => {
  test('are read by their version everywhere', () => {
    const files = READERS.flatMap(sourcesOf);
    expect(files.length).toBeGreaterThan(200);
    expect(files.filter((file) => UNREAD.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
  });

  test('are seen where they are not', () => {
    expect('const { order } = envelope.data as Placed;').toMatch(UNREAD);
    expect('const told = parseAs(placed.data, envelope.data, envelope.type);').toMatch(UNREAD);
    expect('const told = parseAs<Placed>(\n  placed.data,\n  envelope.data,\n  envelope.type,\n);').toMatch(UNREAD);
    expect('const told = readEvent(placed, envelope);').not.toMatch(UNREAD);
  });
});

function sourcesOf(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|\.contract\.ts$|(^|\/)testing\//.test(file))
    .map((file) => join(folder, file));
}
