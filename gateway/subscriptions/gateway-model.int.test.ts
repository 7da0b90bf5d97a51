import { test } from '@jest/globals';
import fc from 'fast-check';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import { testConfig } from '../../kernel/testing/config.ts';
import { gatewayModel } from './testing/model/run-model.ts';
import { TCP_WIRE } from './testing/model/wires.ts';

const { propertyRuns, propertySeed } = testConfig();

test('every frame over sockets is what there was at its cursor, and in the end every client knows what there is', async () => {
  await fc.assert(gatewayModel({ wire: TCP_WIRE, telemetry: silentTelemetry }), {
    numRuns: Math.ceil(propertyRuns / 10),
    ...(propertySeed !== undefined && { seed: propertySeed }),
  });
});
