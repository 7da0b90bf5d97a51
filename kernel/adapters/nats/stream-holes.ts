import type { LogSource } from './fill-stream.ts';
import type { LogEntry } from './log-entry.ts';
import type { NatsConnection } from './nats-connection.ts';

/** The messages of a log after a place, and a filler wherever one was taken out, because servers give no place twice. */
export function* withFillers(
  source: LogSource,
  { afterSeq, subject }: { readonly afterSeq: number; readonly subject: string },
): Generator<LogEntry> {
  let next = afterSeq + 1;
  const filler = (seq: number): LogEntry => ({ seq, id: `taken out ${seq}`, subject, body: new Uint8Array() });
  for (const entry of source.after(afterSeq)) {
    for (; next < entry.seq; next++) yield filler(next);
    yield entry;
    next++;
  }
  for (; next <= source.head; next++) yield filler(next);
}

/** Takes out of a copy what was taken out of its log: those at the beginning at once, the others one by one. */
export async function removeHoles(connection: NatsConnection, stream: string, source: LogSource): Promise<void> {
  const { streams } = connection.parts.manager;
  let next = 1;
  for (const { seq } of source.after(0)) {
    if (next === 1 && seq > 1) await streams.purge(stream, { seq });
    else for (; next < seq; next++) await removeOne(connection, stream, next);
    next = seq + 1;
  }
  if (next === 1 && source.head > 0) await streams.purge(stream);
  else for (; next <= source.head; next++) await removeOne(connection, stream, next);
}

async function removeOne({ parts }: NatsConnection, stream: string, seq: number): Promise<void> {
  const { streams } = parts.manager;
  if (await streams.getMessage(stream, { seq })) await streams.deleteMessage(stream, seq, false);
}
