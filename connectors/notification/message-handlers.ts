import { parseAs } from '../../kernel/model/json-schema.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import { tellCustomer, type TellCustomer, type ToldCustomer } from '../../schema/commands/outbound-messages.ts';
import type { CommandHandlers } from '../runtime/command-handler.ts';
import type { Messenger, SentMessage } from './port.ts';
import type { TemplateSet } from './templates/template-set.ts';

export interface MessageParts {
  readonly templates: TemplateSet;
  readonly clock: Clock;
}

/**
 * What a system that sends messages does when its queue says so, whatever its vendor. What may have been accepted before is
 * looked for under its key first: providers forget keys sooner than an outage may last, and what they know by the key
 * counts whatever has become of the templates since.
 */
export function messageHandlers(messenger: Messenger, { templates, clock }: MessageParts): CommandHandlers {
  return {
    [tellCustomer.name]: {
      find: async (_payload, { key }) => {
        const sent = await messenger.find(key);
        return sent && { result: replyOf(sent) };
      },
      perform: async (payload, { key }): Promise<ToldCustomer> => {
        const told = parseAs<TellCustomer>(tellCustomer.request, payload, tellCustomer.name);
        if (clock.nowMs() > Date.parse(told.tellBefore)) return { outcome: 'TOO_LATE', message: null };
        const { customer, channel, number: order, milestone } = told;
        const written = templates.write(told);
        return replyOf(await messenger.send({ idempotencyKey: key, customer, channel, order, milestone, ...written }));
      },
    },
  };
}

const replyOf = ({ status, message }: SentMessage): ToldCustomer => ({ outcome: status, message });
