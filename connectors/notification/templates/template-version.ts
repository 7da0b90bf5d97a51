import { Type, type Static } from '@sinclair/typebox';
import { Language, Milestone } from '../../../schema/commands/outbound-messages.ts';
import { closed, Instant } from '../../../schema/events/fields.ts';

/** ICU MessageFormat. */
const Template = closed({
  subject: Type.String({ minLength: 1, maxLength: 1_000 }),
  text: Type.String({ minLength: 1, maxLength: 20_000 }),
});

const byLanguage = Type.Record(Language, Template, { minProperties: 1, maxProperties: 100 });

/** One file of a template set: what is said from an instant on, until a later version takes its place. */
export const TemplateVersion = closed({
  version: Type.String({ minLength: 1, maxLength: 64 }),
  effectiveFrom: Instant,
  /** The language of whoever has none of those that there are. */
  defaultLanguage: Language,
  messages: Type.Partial(
    Type.Object(Object.fromEntries((Milestone['enum'] as readonly string[]).map((name) => [name, byLanguage]))),
    { additionalProperties: false, minProperties: 1 },
  ),
});

export type Template = Static<typeof Template>;

export interface TemplateVersion {
  readonly version: string;
  readonly effectiveFrom: string;
  readonly defaultLanguage: string;
  readonly messages: Readonly<Partial<Record<Milestone, Readonly<Record<string, Template>>>>>;
}
