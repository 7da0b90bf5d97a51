import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { Type } from '@sinclair/typebox';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import type { TellCancellation } from '../../../schema/commands/outbound-marketplace.ts';

/** An order is taken on, or units of it are called off. */
export interface OrderAnswer {
  readonly orderId: string;
  /** Absent: it is taken on. */
  readonly cancelled?: {
    readonly reason: TellCancellation['reason'];
    readonly items: readonly { readonly id: string; readonly quantity: number }[];
  };
}

/** The feed that carries both. */
export const ACKNOWLEDGEMENT_FEED = 'POST_ORDER_ACKNOWLEDGEMENT_DATA';

const REASONS: Readonly<Record<TellCancellation['reason'], string>> = {
  BUYER: 'BuyerCanceled',
  OUT_OF_STOCK: 'NoInventory',
  ADDRESS: 'ShippingAddressUndeliverable',
  PRICE: 'GeneralAdjustment',
  FRAUD: 'RiskAssessmentInformationNotValid',
  OTHER: 'GeneralAdjustment',
};

/** The messages are numbered from 1 in their order. */
export function acknowledgementXml(sellerId: string, answers: readonly OrderAnswer[]): string {
  const builder = new XMLBuilder({ ignoreAttributes: false });
  return builder.build({
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    AmazonEnvelope: {
      '@_xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      '@_xsi:noNamespaceSchemaLocation': 'amzn-envelope.xsd',
      Header: { DocumentVersion: '1.01', MerchantIdentifier: sellerId },
      MessageType: 'OrderAcknowledgement',
      Message: answers.map((answer, index) => ({ MessageID: index + 1, OrderAcknowledgement: answerObject(answer) })),
    },
  });
}

function answerObject({ orderId, cancelled }: OrderAnswer): object {
  if (!cancelled) return { AmazonOrderID: orderId, StatusCode: 'Success' };
  const CancelReason = REASONS[cancelled.reason];
  const Item = cancelled.items.map(({ id, quantity }) => ({
    AmazonOrderItemCode: id,
    CancelReason,
    Quantity: quantity,
  }));
  return { AmazonOrderID: orderId, StatusCode: 'Failure', Item };
}

const Report = Type.Object({
  AmazonEnvelope: Type.Object({
    Message: Type.Object({
      ProcessingReport: Type.Object({
        Result: Type.Optional(
          Type.Array(
            Type.Object({
              MessageID: Type.String(),
              ResultCode: Type.String(),
              ResultDescription: Type.Optional(Type.String()),
            }),
          ),
        ),
      }),
    }),
  }),
});

/** Why messages were not done, by their numbers; those that were are not named in a report. */
export function refusedMessages(system: string, xml: string): ReadonlyMap<number, string> {
  const { AmazonEnvelope: envelope } = parseAnswer(system, Report, parsed(system, xml));
  const results = envelope.Message.ProcessingReport.Result ?? [];
  const refused = results.filter(({ ResultCode: code }) => code === 'Error');
  return new Map(refused.map(({ MessageID: id, ResultDescription: words = '' }) => [Number(id), words] as const));
}

function parsed(system: string, xml: string): unknown {
  try {
    const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Result' });
    return parser.parse(xml, true);
  } catch (error) {
    throw new UpstreamUnavailable(system, { words: 'The report of a feed is no XML.' }, { cause: error });
  }
}
