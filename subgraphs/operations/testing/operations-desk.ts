import { graphql } from 'graphql';
import type { Identity } from '../../../kernel/model/identity.ts';
import { FakeClock } from '../../../kernel/testing/fake-clock.ts';
import { openTestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import { waitFor } from '../../../kernel/testing/wait-for.ts';
import type { ChangesSinceReply } from '../../../schema/commands/change-log.ts';
import type { EventDefinition } from '../../../schema/events/event-definition.ts';
import {
  stockExceptionCleared,
  stockExceptionRaised,
  type StockExceptionRaised,
} from '../../../schema/events/inventory.ts';
import { publicationOf } from '../../../schema/events/publication.ts';
import { rpcSubjectOf, streamOf } from '../../../schema/events/subjects.ts';
import { ROLES } from '../../../schema/scopes.ts';
import { createOperations, type OperationsOptions } from '../main.ts';

export const OPERATOR: Identity = { subject: 'op', clientId: 'console', scopes: ROLES.operator, stores: '*' };

export interface SeenException {
  readonly id: string;
  readonly status: string;
  readonly quantity: string | null;
  readonly closedBy: string | null;
  readonly [field: string]: unknown;
}

export type OperationsDesk = Awaited<ReturnType<typeof openOperationsDesk>>;

const EXCEPTION = `id class severity status summary quantity assignee closedBy closedBecause
  impact { skus { id } locations { id } channels { id } orders { id } }
  lineage { source eventId correlationId }`;

/** The operations context on a platform of its own; the tests tell it what inventory would. */
export async function openOperationsDesk(options: OperationsOptions = {}) {
  const clock = new FakeClock();
  const platform = await openTestPlatform({ clock });
  const operations = createOperations(platform, options);
  await operations.start();

  const tell = async (
    definition: EventDefinition,
    data: { readonly exceptionId: string; readonly because?: string },
    id = platform.ids.next(),
  ) => {
    clock.advance(1);
    const { stream, subject, envelope } = publicationOf(definition, {
      id,
      key: data.exceptionId,
      source: { system: 'inventory', eventId: id },
      occurredAtMs: clock.nowMs(),
      recordedAtMs: clock.nowMs(),
      correlationId: id,
      data,
    });
    await platform.streams.publish(stream, subject, envelope);
  };
  const ask = async (source: string, identity: Identity = OPERATOR) => {
    const contextValue = operations.createContext({ identity, correlationId: 'test' });
    const { data, errors } = await graphql({ schema: operations.schema, source, contextValue });
    const original = errors?.[0]?.originalError as { code?: string } | undefined;
    if (errors && original?.code === undefined) throw errors[0] as Error;
    return { data: JSON.parse(JSON.stringify(data ?? null)) as Record<string, never> | null, code: original?.code };
  };
  const desk = {
    clock,
    platform,
    ask,
    raise: (exceptionId: string, differing: Partial<StockExceptionRaised> = {}) =>
      tell(stockExceptionRaised, {
        exceptionId,
        class: 'OVERSOLD',
        severity: 'HIGH',
        sku: 'A',
        location: 'S1',
        orders: ['O-1'],
        quantity: '2',
        source: 'pos',
        evidence: 'sale-1',
        correlationId: 'correlation-1',
        summary: '2 of A are promised at S1 and not there.',
        ...differing,
      }),
    clear: (exceptionId: string) => tell(stockExceptionCleared, { exceptionId, because: 'Stock came in.' }),
    /** All that match, the newest first. */
    list: async (filter = ''): Promise<readonly SeenException[]> => {
      const argument = filter === '' ? '' : `(filter: { ${filter} })`;
      const { data } = await ask(`{ exceptions${argument} { edges { node { ${EXCEPTION} } } } }`);
      const { edges } = (data as unknown as { exceptions: { edges: { node: SeenException }[] } }).exceptions;
      return edges.map(({ node }) => node);
    },
    seen: (id: string, status: string): Promise<SeenException> =>
      waitFor(
        async () => (await desk.list()).find((exception) => exception.id === id && exception.status === status),
        `${id} to be ${status}`,
      ),
    mutate: (name: string, input: string, payload = `exception { ${EXCEPTION} } changeCursor`) =>
      ask(`mutation { ${name}(input: { ${input} }) { ${payload} } }`),
    changesSince: async (filter: object, after?: object): Promise<ChangesSinceReply> => {
      await platform.documents.flushOutbox();
      return (await platform.rpc.request(
        rpcSubjectOf('operations', 'changes-since'),
        { event: 'exception-changed', filter, ...(after && { after }) },
        { timeoutMs: 60_000, correlationId: 'test' },
      )) as ChangesSinceReply;
    },
    /** Events of operations so far, in order. */
    published: async (type: string) => {
      await platform.documents.flushOutbox();
      const messages = await platform.streams.read(streamOf('operations'), 0, 1_000);
      return messages.filter(({ envelope }) => envelope.type === type).map(({ envelope }) => envelope.data);
    },
    close: async () => {
      await operations.stop();
      await platform.close();
    },
  };
  return desk;
}
