import { describe, expect, test } from '@jest/globals';
import { Defect, Obstacle } from '../../kernel/model/errors.ts';
import { JournalCorrupt } from '../../kernel/ports/journal-errors.ts';
import { ConfigFaults } from './config.ts';
import { describeStartFailure } from './start-failure.ts';

describe('a failed start', () => {
  test('is told in one sentence without a stack when the data directory is in use', () => {
    const inUse = new Obstacle('CONTEXT_UNAVAILABLE', 'data is in use.');
    expect(describeStartFailure(inUse)).toBe('data is in use.');
  });

  test('is told in one sentence that names the address when the port is taken', () => {
    const taken = Object.assign(new Error('listen EADDRINUSE'), {
      code: 'EADDRINUSE',
      address: '127.0.0.1',
      port: 4000,
    });
    expect(describeStartFailure(taken)).toBe(
      '127.0.0.1:4000 is taken by another process: stop it, or set STOCKWIRE_PORT to another port.',
    );
  });

  test('names the place in a log that is damaged, and who finds the others', () => {
    const told = describeStartFailure(new JournalCorrupt('Batch 7 does not fit its checksum.', { seq: 7 }));
    expect(told).toContain('Batch 7');
    expect(told).toContain('npm run ledger -- verify');
  });

  test('names every fault of the configuration', () => {
    expect(describeStartFailure(new ConfigFaults(['one', 'two']))).toContain('- one\n- two');
  });

  test('is told whole when it is a fault of the hub', () => {
    const defect = new Defect('The log is shorter than it was.');
    expect(describeStartFailure(defect)).toBe(defect);
    expect(describeStartFailure(undefined)).toBeUndefined();
  });
});
