import { expect, test } from '@jest/globals';
import { RecordingTelemetry } from '../../../kernel/testing/recording-telemetry.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { freshnessOf, measureFreshness } from './channel-freshness.ts';

function watched(): LedgerBench {
  const bench = LedgerBench.withLocations(3)
    .channel('WEB', ['L0', 'L1'])
    .channel('APP', ['L1'])
    .channel('QUIET', ['L2']);
  for (const location of ['L0', 'L1']) {
    bench.do({ type: 'set-location-feed', request: { location, feed: { system: 'pos', staleAfterMs: 100_000 } } });
  }
  return bench;
}

test('a channel is as fresh as the location of which nothing was heard for longest', () => {
  const bench = watched();
  bench.clock.advance(60_000);
  bench.do({ type: 'hear-feed', location: 'L1', system: 'pos', occurredAtMs: bench.clock.nowMs() });
  bench.clock.advance(5_000);
  expect(Object.fromEntries(freshnessOf(bench.state, bench.clock.nowMs()))).toEqual({ WEB: 65, APP: 5 });
});

test('it is told again and again, until it is stopped', () => {
  const bench = watched();
  const telemetry = new RecordingTelemetry();
  const stop = measureFreshness(bench.state, { clock: bench.clock, telemetry });
  bench.clock.advance(10_000);
  stop();
  bench.clock.advance(10_000);
  const told = telemetry.gauges.filter(({ labels }) => labels['channel'] === 'APP');
  expect(told.map(({ name, value }) => [name, value])).toEqual([
    ['channel_freshness_seconds', 0],
    ['channel_freshness_seconds', 10],
  ]);
});
