import { describe, expect, test } from '@jest/globals';
import { Refusal } from '../../../kernel/model/errors.ts';
import type { TellCustomer } from '../../../schema/commands/outbound-messages.ts';
import { faultsOfVersion } from './check-templates.ts';
import { languageFor, TemplateSet } from './template-set.ts';
import type { Template, TemplateVersion } from './template-version.ts';

const version = (name: string, effectiveFrom: string, byLanguage: Record<string, Template>): TemplateVersion => ({
  version: name,
  effectiveFrom,
  defaultLanguage: 'en',
  messages: { SHIPPED: byLanguage },
});

const told = (change: Partial<TellCustomer> = {}): TellCustomer => ({
  order: 'order-1',
  channel: 'WEB',
  number: 'W-1',
  customer: 'ann',
  milestone: 'SHIPPED',
  language: 'en',
  occurredAt: '2026-06-01T12:00:00.000Z',
  tellBefore: '2026-06-04T12:00:00.000Z',
  about: {
    scope: 'PART',
    lines: [
      { sku: 'LAMP', quantity: '1200' },
      { sku: 'TEA', quantity: '0.25' },
    ],
    carrier: 'Meridian',
    amount: { amountMinor: 123_456, currencyCode: 'EUR' },
    expectedOn: '2026-06-05',
  },
  ...change,
});

const text = (template: string, language = 'en', change: Partial<TellCustomer> = {}): string =>
  new TemplateSet([version('1', '2026-01-01T00:00:00Z', { [language]: { subject: 's', text: template } })]).write(
    told({ language, ...change }),
  ).text;

describe('a template is written out', () => {
  test('with what the message is about, as its language writes it', () => {
    const all = '{order}: {items}; {amount}; {expectedOn}; {scope}; {carrier}; {trackingNumber}';
    expect(text(all)).toBe('W-1: 1,200 × LAMP and 0.25 × TEA; €1,234.56; Friday, June 5, 2026; part; Meridian; none');
    expect(text('{items}; {expectedOn}', 'de')).toBe('1.200 × LAMP und 0,25 × TEA; Freitag, 5. Juni 2026');
    expect(text('{amount}', 'de').replaceAll(/\s/g, ' ')).toBe('1.234,56 €');
  });

  test('by number and choice', () => {
    const template =
      '{units, plural, one {one item} other {# items}}{trackingNumber, select, none {} other { ({trackingNumber})}}';
    expect(text(template)).toBe('1,201 items');
    const one = { scope: 'WHOLE' as const, lines: [{ sku: 'LAMP', quantity: '1' }], trackingNumber: '4711' };
    expect(text(template, 'en', { about: one })).toBe('one item (4711)');
  });

  test('and never reads a name, or markup, as a template', () => {
    const about = { scope: 'WHOLE' as const, lines: [], carrier: '{order} <b>' };
    expect(text('<i>{carrier}</i>', 'en', { about })).toBe('<i>{order} <b></i>');
  });
});

describe('the words are chosen', () => {
  const set = new TemplateSet([
    version('2', '2026-06-01T00:00:00+02:00', {
      en: { subject: 'new', text: 'new' },
      de: { subject: 'neu', text: 'neu' },
    }),
    version('1', '2026-01-01T00:00:00Z', { en: { subject: 'old', text: 'old' } }),
  ]);

  test('by the version that was in force when the milestone was reached', () => {
    expect(set.write(told()).text).toBe('new');
    expect(set.write(told({ occurredAt: '2026-05-31T21:59:59.000Z' })).text).toBe('old');
    expect(() => set.write(told({ occurredAt: '2025-12-31T00:00:00.000Z' }))).toThrow(Refusal);
    expect(() => set.write(told({ milestone: 'DELIVERED' }))).toThrow('says nothing of DELIVERED');
    expect(set.milestones).toEqual(['SHIPPED']);
  });

  test('by the nearest language, or else the default', () => {
    expect(set.write(told({ language: 'de-AT' }))).toEqual({ language: 'de', subject: 'neu', text: 'neu' });
    expect(set.write(told({ language: 'pt-BR' })).language).toBe('en');
    expect(languageFor(['en', 'de-CH', 'de'], 'de-ch-1996', 'en')).toBe('de-CH');
    expect(languageFor(['en'], 'de', 'fr')).toBeUndefined();
  });
});

describe('a version is refused', () => {
  const faults = (template: string): readonly string[] =>
    faultsOfVersion(version('1', '2026-01-01T00:00:00Z', { en: { subject: 'fine', text: template } }));

  test('for a template that cannot be read, or that names what no message has', () => {
    expect(faults('{order}')).toEqual([]);
    for (const template of ['{order', '{units, plural, one {x}}', '{email}', '{scope, select, whole {x}}']) {
      expect(faults(template)).toHaveLength(1);
      expect(faults(template)[0]).toContain('Version 1, SHIPPED in en: text: ');
    }
  });

  test('when it has no words in its default language', () => {
    const french = version('1', '2026-01-01T00:00:00Z', { fr: { subject: 's', text: 't' } });
    expect(faultsOfVersion(french)).toEqual(['Version 1 does not say SHIPPED in en, its default language.']);
  });
});
