import { Refusal } from '../../../kernel/model/errors.ts';
import type { Milestone, TellCustomer } from '../../../schema/commands/outbound-messages.ts';
import { formatMessage } from './format-message.ts';
import { messageValues } from './message-values.ts';
import type { TemplateVersion } from './template-version.ts';

/** A message that is written out. */
export interface WrittenMessage {
  /** The language of the template that it was made of. */
  readonly language: string;
  readonly subject: string;
  readonly text: string;
}

/** Versions of what customers are told, each by milestone and language. */
export class TemplateSet {
  /** The oldest first. */
  readonly #versions: readonly TemplateVersion[];

  /** @param versions at least one; no two from the same instant on */
  constructor(versions: readonly TemplateVersion[]) {
    this.#versions = versions.toSorted((a, b) => Date.parse(a.effectiveFrom) - Date.parse(b.effectiveFrom));
  }

  /**
   * By the version that was in force when the milestone was reached, so that a message which waits is not told otherwise
   * because of a later one.
   * @throws {Refusal} UPSTREAM_REJECTED when no template of the milestone was in force
   */
  write(told: TellCustomer): WrittenMessage {
    const atMs = Date.parse(told.occurredAt);
    const version = this.#versions.findLast(({ effectiveFrom }) => Date.parse(effectiveFrom) <= atMs);
    const byLanguage = version?.messages[told.milestone];
    const language = byLanguage && languageFor(Object.keys(byLanguage), told.language, version.defaultLanguage);
    const template = language === undefined ? undefined : byLanguage?.[language];
    if (language === undefined || !template) throw noTemplate(told, version?.version);
    const values = messageValues(told, language);
    const write = (message: string): string => formatMessage(message, language, values);
    return { language, subject: write(template.subject), text: write(template.text) };
  }

  /** Milestones that every version has, whatever is told. */
  get milestones(): readonly Milestone[] {
    const [first, ...others] = this.#versions.map(({ messages }) => Object.keys(messages) as Milestone[]);
    return (first ?? []).filter((name) => others.every((each) => each.includes(name)));
  }
}

/**
 * The best of the languages that there are: the one that was asked for, cut shorter tag by tag, or else the default.
 * Source: RFC 4647, 3.4 (lookup)
 */
export function languageFor(available: readonly string[], wanted: string, otherwise: string): string | undefined {
  const known = (tag: string): string | undefined => available.find((each) => each.toLowerCase() === tag.toLowerCase());
  const tags = wanted.split('-');
  for (let length = tags.length; length > 0; length--) {
    const found = known(tags.slice(0, length).join('-'));
    if (found !== undefined) return found;
  }
  return known(otherwise);
}

function noTemplate({ milestone, occurredAt }: TellCustomer, version: string | undefined): Refusal {
  const words = version === undefined ? `No version of the templates held at ${occurredAt}` : `Version ${version}`;
  const because = version === undefined ? '' : ` of the templates says nothing of ${milestone}`;
  return new Refusal('UPSTREAM_REJECTED', `${words}${because}.`, { milestone });
}
