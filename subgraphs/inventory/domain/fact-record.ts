/** What the log says about a fact at one place; several records together are all that is known of it. */
export type FactRecord =
  | {
      /** Those that were dealt with, or all that the fact has. */
      readonly lines: 'all' | readonly string[];
      /** Absent in records from before contents were told apart. */
      readonly payloadHash?: string;
    }
  | {
      /** The hash of another content that was told under the same id, and not applied. */
      readonly conflict: string;
    };

/** Short, because there is one for every fact for ever. */
export function formatFactRecord(record: FactRecord): string {
  if ('conflict' in record) return JSON.stringify({ conflict: record.conflict });
  const { lines, payloadHash } = record;
  return JSON.stringify(payloadHash === undefined ? [lines] : [lines, payloadHash]);
}

export function parseFactRecord(text: string): FactRecord {
  const data = JSON.parse(text) as { readonly conflict: string } | readonly ['all' | readonly string[], string?];
  if (!Array.isArray(data)) return data as { readonly conflict: string };
  const [lines, payloadHash] = data as readonly ['all' | readonly string[], string?];
  return payloadHash === undefined ? { lines } : { lines, payloadHash };
}
