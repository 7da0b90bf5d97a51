import type { TestPlatform } from '../../../../kernel/testing/open-test-platform.ts';
import { TEST_LIMITS, TEST_WEBHOOKS } from '../../../runtime/testing/outside-system.ts';
import { createDemoCatalogue } from '../../../simulators/demo-catalogue.ts';
import { posSeed } from '../../../simulators/demo-seeds.ts';
import type { SquareOptions, SquareSimulator } from '../../../simulators/pos-square/square-simulator.ts';
import { SquareContract, startHeldSquare } from '../../../simulators/pos-square/testing/square-contract.ts';
import { connectSquare, type SquareConnection } from '../connect-square.ts';
import type { SquareMapping } from '../square-mapping.ts';

/** The account that Square's tests work with: a store of it, its goods and its key. */
const seed = posSeed(createDemoCatalogue(), 'SQUARE');

export const SQUARE_ACCOUNT = {
  ...seed,
  system: 'pos-high-street',
  store: seed.locations[0]?.code ?? '',
  otherStore: seed.locations[1]?.code ?? '',
  timeZone: seed.locations[0]?.timeZone ?? '',
  piece: seed.items.find(({ unit }) => unit === 'EA')?.sku ?? '',
  weighed: seed.items.find(({ unit }) => unit === 'KGM')?.sku ?? '',
  signatureKey: 'signature-key',
} as const;

/** All that the adapter asks and gets is held against Square's own contract, where that is present. */
export const squareContract = SquareContract.open('ALL');

export function startSquare(options: Partial<SquareOptions> = {}): Promise<SquareSimulator> {
  return startHeldSquare(squareContract, { ...seed, webhooks: TEST_WEBHOOKS, ...options });
}

export function squareMapping(square: SquareSimulator): SquareMapping {
  return {
    locations: Object.fromEntries(seed.locations.map(({ code }) => [square.locationId(code), code])),
    tenders: { CARD: 'CARD', CASH: 'CASH', SQUARE_GIFT_CARD: 'GIFT_CARD' },
    states: { COMPLETED: 'FINAL', OPEN: 'PENDING', DRAFT: 'PENDING', CANCELED: 'VOID' },
    returnReasons: { 'too small': 'SIZE_SMALL' },
    otherReturnReason: 'OTHER',
  };
}

export function connectTestSquare(
  square: SquareSimulator,
  options: { readonly platform: TestPlatform; readonly webhookUrl?: string; readonly mapping?: SquareMapping },
): Promise<SquareConnection> {
  return connectSquare({
    system: SQUARE_ACCOUNT.system,
    baseUrl: square.url,
    accessToken: 'square-token',
    signatureKey: SQUARE_ACCOUNT.signatureKey,
    notificationUrl: options.webhookUrl ?? 'http://127.0.0.1:1/webhooks/pos-high-street',
    mapping: options.mapping ?? squareMapping(square),
    limits: TEST_LIMITS,
    platform: options.platform,
  });
}
