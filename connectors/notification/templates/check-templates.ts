import { formatMessage } from './format-message.ts';
import { messageValues } from './message-values.ts';
import type { Template, TemplateVersion } from './template-version.ts';

/** What every template must be able to say. */
const SAMPLES = [
  { scope: 'WHOLE' as const, lines: [{ sku: 'LAMP', quantity: '1' }] },
  {
    scope: 'PART' as const,
    lines: [
      { sku: 'LAMP', quantity: '2' },
      { sku: 'TEA', quantity: '0.25' },
    ],
    carrier: 'Meridian Parcels',
    trackingNumber: '4711',
    location: 'STORE-YORK',
    amount: { amountMinor: 1_250, currencyCode: 'GBP' },
    expectedOn: '2026-12-24',
  },
];

/** What is wrong with a version, one sentence per fault: a template that cannot be read, or names what no message has. */
export function faultsOfVersion({ version, defaultLanguage, messages }: TemplateVersion): readonly string[] {
  return Object.entries(messages).flatMap(([milestone, byLanguage]) => [
    ...(Object.hasOwn(byLanguage, defaultLanguage)
      ? []
      : [`Version ${version} does not say ${milestone} in ${defaultLanguage}, its default language.`]),
    ...Object.entries(byLanguage).flatMap(([language, template]) =>
      faultsOfTemplate(template, language).map((fault) => `Version ${version}, ${milestone} in ${language}: ${fault}`),
    ),
  ]);
}

function faultsOfTemplate({ subject, text }: Template, language: string): readonly string[] {
  return Object.entries({ subject, text }).flatMap(([part, message]) => {
    const fault = faultOf(message, language);
    return fault === undefined ? [] : [`${part}: ${fault}`];
  });
}

/** Written out for the samples, a template shows what it needs and does not get. */
function faultOf(message: string, language: string): string | undefined {
  try {
    for (const about of SAMPLES) formatMessage(message, language, messageValues({ number: 'W-1', about }, language));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
