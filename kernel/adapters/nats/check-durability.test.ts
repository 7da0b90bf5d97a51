import { describe, expect, test } from '@jest/globals';
import { RecordingTelemetry } from '../../testing/recording-telemetry.ts';
import { checkDurability } from './check-durability.ts';
import { isAtLeast } from './server-version.ts';

describe('the durability of servers', () => {
  test.each([
    ['2.9.10', /cannot write to the disk/],
    ['2.10.21', /may lose a stream/],
    ['2.14.9', /0 of 1 known servers confirmed/],
  ])('a server of %s that nobody vouches for is warned of', async (version, warning) => {
    const telemetry = new RecordingTelemetry();
    const question = { version, serversMin: 1, monitorUrls: [], monitorMs: 1_000, telemetry };
    await expect(checkDurability(question)).resolves.toBe(false);
    expect(telemetry.logs).toContainEqual(
      expect.objectContaining({ level: 'warn', message: expect.stringMatching(warning) }),
    );
    expect(telemetry.gauges).toMatchObject([{ name: 'nats_durability_confirmed', value: 0 }]);
  });

  test('versions compare by their numbers', () => {
    expect(isAtLeast('2.10.0', '2.9.10')).toBe(true);
    expect(isAtLeast('2.9.10', '2.10.0')).toBe(false);
    expect(isAtLeast('2.14.9-RC.1', '2.14.9')).toBe(true);
  });
});
