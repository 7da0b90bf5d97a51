import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { HttpFailure } from '../runtime/http-failure.ts';
import { isObject, listOf, objectOf, textOf, type JsonObject } from '../runtime/json-fields.ts';
import type { OrderBook } from './order-book.ts';

const MESSAGES_MAX = 5_000;
const ITEMS_MAX = 500;
/** Why a seller calls an item off. */
const REASONS = [
  'NoInventory',
  'ShippingAddressUndeliverable',
  'CustomerExchange',
  'BuyerCanceled',
  'GeneralAdjustment',
  'CarrierCreditDecision',
  'RiskAssessmentInformationNotValid',
  'CarrierCoverageFailure',
  'CustomerReturn',
  'MerchandiseNotReceived',
];

interface Result {
  readonly messageId: string;
  readonly code: string;
  readonly description: string;
}

/**
 * Does what a feed of order acknowledgements says, each message by itself, and writes the report of it. A message that
 * says again what was said before changes nothing.
 */
export function processAcknowledgements(book: OrderBook, xml: string): string {
  const parser = new XMLParser({
    parseTagValue: false,
    isArray: (name) => name === 'Message' || name === 'Item',
  });
  const envelope = objectOf((parser.parse(xml, true) as JsonObject)['AmazonEnvelope'], 'AmazonEnvelope');
  if (textOf(envelope, 'MessageType') !== 'OrderAcknowledgement') {
    throw new HttpFailure(400, 'InvalidInput', 'The feed is no OrderAcknowledgement.');
  }
  const messages = listOf(envelope, 'Message', MESSAGES_MAX).map((message) => objectOf(message, 'Message'));
  const errors = messages.flatMap((message) => faultOf(book, message) ?? []);
  return reportOf(messages.length, errors);
}

function faultOf(book: OrderBook, message: JsonObject): Result | undefined {
  const messageId = textOf(message, 'MessageID');
  try {
    perform(book, objectOf(message['OrderAcknowledgement'], 'OrderAcknowledgement'));
    return undefined;
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return { messageId, code: error.code, description: error.message };
  }
}

function perform(book: OrderBook, told: JsonObject): void {
  const id = textOf(told, 'AmazonOrderID');
  const status = textOf(told, 'StatusCode');
  if (status === 'Success') return book.acknowledge(id);
  if (status !== 'Failure') throw new HttpFailure(400, '8058', `There is no status ${status}.`);
  const items = listOf(told, 'Item', ITEMS_MAX).filter(isObject);
  const units = new Map<string, number>();
  for (const item of items) {
    const code = textOf(item, 'AmazonOrderItemCode');
    if (!REASONS.includes(textOf(item, 'CancelReason'))) throw new HttpFailure(400, '8058', 'The reason is not known.');
    const whole = book.get(id).items.find((each) => each.id === code)?.quantity ?? 0;
    units.set(code, item['Quantity'] === undefined ? whole : Number(textOf(item, 'Quantity')));
  }
  book.cancelUnits(id, units);
}

/** Messages that did what they said are counted and not named. */
function reportOf(processed: number, errors: readonly Result[]): string {
  const builder = new XMLBuilder({ ignoreAttributes: false, format: true });
  return builder.build({
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    AmazonEnvelope: {
      Header: { DocumentVersion: '1.02', MerchantIdentifier: 'SELLER' },
      MessageType: 'ProcessingReport',
      Message: {
        MessageID: '1',
        ProcessingReport: {
          StatusCode: 'Complete',
          ProcessingSummary: {
            MessagesProcessed: processed,
            MessagesSuccessful: processed - errors.length,
            MessagesWithError: errors.length,
            MessagesWithWarning: 0,
          },
          Result: errors.map(({ messageId, code, description }) => ({
            MessageID: messageId,
            ResultCode: 'Error',
            ResultMessageCode: code,
            ResultDescription: description,
          })),
        },
      },
    },
  });
}
