import { expect, test } from '@jest/globals';
import { Refusal } from '../../../kernel/model/errors.ts';
import { FakeErp, FakeMessenger } from '../testing/fake-hand-offs.ts';
import { checkHandOffs, handOffsOf } from './hand-offs.ts';

const [messenger, erp] = [new FakeMessenger(), new FakeErp()];
const RULES = {
  notificationRules: [
    { channel: 'WEB', system: 'messages-main', language: 'de', ageHoursMax: 1 },
    { channel: 'PHONE', system: 'messages-main', language: 'en', milestones: ['SHIPPED' as const] },
  ],
  salesOrderRules: [{ channel: 'WEB', system: 'erp-main' }],
};
const BY_HUB = { orchestrator: null };

test('the first rule that fits a channel holds for its orders', () => {
  expect(handOffsOf(RULES, { ...BY_HUB, channel: 'WEB', customer: 'ann' })).toEqual({
    noticePlan: expect.objectContaining({ language: 'de', ageMsMax: 3_600_000, notices: [] }),
    sale: { system: 'erp-main', state: 'NEW', invoices: [] },
  });
  const french = handOffsOf(RULES, { ...BY_HUB, channel: 'PHONE', customer: 'ann', language: 'fr-CH' });
  expect(french).toEqual({ noticePlan: expect.objectContaining({ language: 'fr-CH', milestones: ['SHIPPED'] }) });
  expect(handOffsOf(RULES, { ...BY_HUB, channel: 'MARKET', customer: 'ann' })).toEqual({});
  expect(Object.keys(handOffsOf(RULES, { ...BY_HUB, channel: 'WEB', customer: null }))).toEqual(['sale']);
  expect(() => handOffsOf(RULES, { ...BY_HUB, channel: 'WEB', customer: null, language: '' })).toThrow(Refusal);
});

test('a rule that nobody can follow ends the start, with a sentence for each fault', () => {
  expect(() => checkHandOffs(RULES, { messengers: [messenger], erp })).not.toThrow();
  const check = (messengers: readonly FakeMessenger[], keeper?: Partial<FakeErp>) => () =>
    checkHandOffs(RULES, { messengers, erp: keeper as FakeErp | undefined });
  expect(check([], erp)).toThrow('names messages-main, and no system of that name sends messages');
  const silent = Object.assign(new FakeMessenger(), { milestones: ['CONFIRMED', 'SHIPPED'] });
  expect(check([silent], erp)).toThrow('has no words for READY_FOR_PICKUP, DELIVERED, CANCELLED, REFUNDED, DELAYED');
  expect(check([messenger])).toThrow('A rule has erp-main keep orders');
  expect(check([messenger], { system: 'erp-main' })).toThrow('no ERP of that name is set up to');
});
