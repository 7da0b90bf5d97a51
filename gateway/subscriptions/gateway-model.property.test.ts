import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import { testConfig } from '../../kernel/testing/config.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { gatewayModel } from './testing/model/run-model.ts';
import { MEMORY_WIRE } from './testing/model/wires.ts';

const { propertyRuns, propertySeed } = testConfig();
/** Each run opens some gateways, which is most of what it costs. */
const numRuns = Math.ceil(propertyRuns / 2);

test('every frame is what there was at its cursor, and in the end every client knows what there is', async () => {
  await fc.assert(gatewayModel({ wire: MEMORY_WIRE, telemetry: silentTelemetry }), {
    numRuns,
    ...(propertySeed !== undefined && { seed: propertySeed }),
  });
});

test('the runs meet losses, repairs, slow clients and every way in which a hub sends a client away', async () => {
  const telemetry = new RecordingTelemetry();
  await fc.assert(gatewayModel({ wire: MEMORY_WIRE, telemetry }), { numRuns: 20, seed: 1 });
  for (const met of [
    'change_feed_losses_total',
    'subscription_repairs_total',
    'subscription_conflated_total',
    'subscription_slow_clients_total',
  ]) {
    expect([met, telemetry.total(met)]).not.toEqual([met, 0]);
  }
  const codes = telemetry.counts.filter(({ name }) => name === 'websocket_closed_total').map(({ labels }) => labels);
  expect(new Set(codes.map(({ code }) => code))).toEqual(new Set(['1006', '1012', '1013', '4403']));
});
