import { expect, test } from '@jest/globals';
import { FakeClock } from '../../testing/fake-clock.ts';
import { RecordingTelemetry } from '../../testing/recording-telemetry.ts';
import { NATS_LIMITS } from './nats-limits.ts';
import { watchFloor } from './watch-floor.ts';

const LABELS = { stream: 'ORDERS', durable: 'orders-facts' };

function open() {
  const clock = new FakeClock();
  const telemetry = new RecordingTelemetry();
  const places = { floor: 5, outstanding: 0 };
  const limits = { ...NATS_LIMITS, lookMs: 1_000, floorStillMs: 10_000 };
  const stop = watchFloor({ clock, telemetry, limits }, places, LABELS);
  const alarms = () => telemetry.total('stream_ack_floor_alarms_total');
  const pass = (seconds: number): void => {
    for (let second = 0; second < seconds; second++) clock.advance(1_000);
  };
  return { clock, telemetry, places, stop, alarms, pass };
}

test('a floor that stands still with messages beyond it raises one alarm until it moves', () => {
  const { telemetry, places, alarms, pass } = open();
  places.outstanding = 3;
  pass(9);
  expect(alarms()).toBe(0);
  pass(20);
  expect(alarms()).toBe(1);
  expect(telemetry.logs).toMatchObject([{ level: 'error', fields: { ...LABELS, floor: 5, outstanding: 3 } }]);
  places.floor = 6;
  pass(9);
  expect(alarms()).toBe(1);
  pass(10);
  expect(alarms()).toBe(2);
});

test('a consumer that gets on, or has nothing to do, raises none', () => {
  const { places, alarms, pass, stop, clock } = open();
  pass(100);
  places.outstanding = 1;
  for (let n = 0; n < 100; n++) {
    places.floor++;
    pass(5);
  }
  expect(alarms()).toBe(0);
  stop();
  clock.advance(100_000);
  expect(alarms()).toBe(0);
});
