import { canonicalJson } from '../../kernel/model/canonical-json.ts';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { DryRunMapping, DryRunReply } from '../../schema/commands/inbox.ts';
import type { Inbound, UnmappedWord } from './inbound.ts';
import { namedRows } from './live-mapping.ts';
import type { PayloadStore } from './payload-store.ts';
import type { ReadAgain } from './replay-quarantined.ts';

/** Messages that are looked at; beyond it the answer says that it was cut off. */
const MESSAGES_MAX = 20_000;
const PAGE = 200;
const EXAMPLES_MAX = 20;
const EXAMPLE_LENGTH_MAX = 1_500;
const UNMAPPED_MAX = 200;

interface Tally {
  messages: number;
  unchanged: number;
  changed: number;
  nowReadable: number;
  nowUnreadable: number;
  readonly unmapped: Map<string, UnmappedWord & { messages: number }>;
  readonly examples: { readonly eventId: string; readonly before: string; readonly after: string }[];
}

/** Reads the raw messages of the last days twice, as things are and with the rows in question, and compares. */
export async function dryRunMapping(
  { payloads, read }: { readonly payloads: PayloadStore; readonly read: ReadAgain },
  { system, domain, rows, sinceAt }: DryRunMapping,
): Promise<DryRunReply> {
  const tally: Tally = {
    messages: 0,
    unchanged: 0,
    changed: 0,
    nowReadable: 0,
    nowUnreadable: 0,
    unmapped: new Map(),
    examples: [],
  };
  const others = { [domain]: namedRows(domain, rows) };
  let after: Awaited<ReturnType<PayloadStore['since']>>[number] | undefined;
  let isCutOff = false;
  for (;;) {
    const page = await payloads.since({ source: system, sinceMs: Date.parse(sinceAt), after, limit: PAGE });
    for (const { document } of page) {
      const [before, later] = [await tried(read, document), await tried(read, document, others)];
      compare(tally, { eventId: document.id.slice(system.length + 1), before, after: later });
    }
    after = page.at(-1);
    isCutOff = tally.messages >= MESSAGES_MAX;
    if (isCutOff || page.length < PAGE) break;
    // The live path has its turn between pages.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { unmapped, ...counts } = tally;
  return { ...counts, isCutOff, unmapped: [...unmapped.values()] };
}

/** What a message comes to; undefined when the vendor has to be asked for it and does not answer. */
async function tried(
  read: ReadAgain,
  { kind, body }: { readonly kind: string; readonly body: unknown },
  rows?: Parameters<ReadAgain>[1],
): Promise<readonly Inbound[] | undefined> {
  try {
    return await read({ kind, body }, rows);
  } catch (error) {
    if (error instanceof Obstacle) return undefined;
    throw error;
  }
}

function compare(
  tally: Tally,
  {
    eventId,
    before,
    after,
  }: {
    readonly eventId: string;
    readonly before: readonly Inbound[] | undefined;
    readonly after: readonly Inbound[] | undefined;
  },
): void {
  tally.messages++;
  if (!before || !after) return;
  for (const word of after.flatMap((message) => ('reason' in message ? (message.unmapped ?? []) : []))) {
    countUnmapped(tally, word);
  }
  const [wasReadable, isReadable] = [before, after].map((some) => some.every((message) => !('reason' in message)));
  const [was, is] = [textOf(before), textOf(after)];
  if (was === is) {
    tally.unchanged++;
    return;
  }
  if (wasReadable && isReadable) tally.changed++;
  else if (isReadable) tally.nowReadable++;
  else if (wasReadable) tally.nowUnreadable++;
  else tally.unchanged++;
  if (tally.examples.length >= EXAMPLES_MAX) return;
  const [short, later] = [was, is].map((text) => text.slice(0, EXAMPLE_LENGTH_MAX));
  tally.examples.push({ eventId, before: short ?? '', after: later ?? '' });
}

function countUnmapped({ unmapped }: Tally, word: UnmappedWord): void {
  const key = `${word.domain}|${word.value}`;
  const known = unmapped.get(key);
  if (known) known.messages++;
  else if (unmapped.size < UNMAPPED_MAX) unmapped.set(key, { ...word, messages: 1 });
}

/** What would be told, or why nothing could be. */
function textOf(messages: readonly Inbound[]): string {
  return canonicalJson(
    messages.map((message) => {
      if ('reason' in message) return { reason: message.reason };
      const facts = 'facts' in message ? message.facts : [message];
      return facts.map(({ definition, occurredAtMs, data }) => ({ type: definition.type, occurredAtMs, data }));
    }),
  );
}
