import { assertName } from '../embedded/name.ts';
import type { NatsConnection } from './nats-connection.ts';

/** How a stream and what belongs to it are called on the servers. */
export interface StreamNames {
  readonly stream: string;
  /** Everything in it. */
  readonly all: string;
  /** Where publishers say that they have added something. */
  readonly added: string;
  /** Where it is said that dead letters are to be delivered again. */
  readonly replay: string;
}

export function streamNames(connection: NatsConnection, stream: string): StreamNames {
  assertName(stream, 'stream');
  const name = connection.named(stream);
  return {
    stream: name,
    all: `${name}.>`,
    added: connection.named(`stockwire-added.${stream}`),
    replay: connection.named(`stockwire-replay.${stream}`),
  };
}

/** Two streams may hold messages of one subject, so the stream comes first; the type next, to be filtered by. */
export const messageSubject = (names: StreamNames, type: string, subject: string): string =>
  `${names.stream}.${type}.${subject}`;

export const subjectOfType = (names: StreamNames, type: string): string => `${names.stream}.${type}.>`;

/** What the publisher called it. */
export const publishedSubject = (names: StreamNames, subject: string): string =>
  subject
    .slice(names.stream.length + 1)
    .split('.')
    .slice(1)
    .join('.');
