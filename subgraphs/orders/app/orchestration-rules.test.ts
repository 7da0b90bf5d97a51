import { expect, test } from '@jest/globals';
import type { Oms } from '../../../connectors/oms/port.ts';
import { checkHandOffs, handOffsOf } from './hand-offs.ts';

const NOBODY = { notificationRules: [], salesOrderRules: [] };
const OMS: Oms = {
  system: 'oms-main',
  route: async () => ({ document: 'oms_1' }),
  stop: async () => 'CANCELLED',
};

test('the hub orchestrates a channel unless a rule says that an OMS does', () => {
  const rules = { ...NOBODY, orchestrationRules: [{ channel: 'HOME', system: OMS.system }] };
  expect(handOffsOf(rules, { channel: 'HOME', customer: null })).toEqual({
    routing: { system: OMS.system, state: 'NEW' },
  });
  expect(handOffsOf(rules, { channel: 'WEB', customer: null })).toEqual({});
});

test('a rule names a system that is connected, and each channel has one', () => {
  const check = (...systems: readonly string[]): void => {
    const orchestrationRules = systems.map((system) => ({ channel: 'HOME', system }));
    checkHandOffs({ ...NOBODY, orchestrationRules }, { messengers: [], erp: undefined, oms: [OMS] });
  };
  expect(() => check(OMS.system)).not.toThrow();
  expect(() => check('oms-other')).toThrow('no system of that name routes orders');
  expect(() => check(OMS.system, OMS.system)).toThrow('More than one rule says who orchestrates HOME.');
});
