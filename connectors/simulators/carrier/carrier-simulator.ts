import { bearerToken } from '../runtime/bearer-token.ts';
import type { HttpFailure } from '../runtime/http-failure.ts';
import { createSimulatorCore, serveSimulator } from '../runtime/simulator.ts';
import type { Simulator, SimulatorOptions } from '../runtime/simulator.ts';
import { CarrierEvents } from './carrier-events.ts';
import { carrierRoutes } from './carrier-routes.ts';
import { ParcelBook, type Parcel, type ScanInput } from './parcel-book.ts';
import { SERVICES, type Service } from './services.ts';

export interface CarrierSimulatorOptions extends SimulatorOptions {
  /** The bearer token that the API accepts. Default `carrier-token`. */
  readonly accessToken?: string;
  /** Default: two carriers with two services each. */
  readonly services?: readonly Service[];
}

export interface CarrierSimulator extends Simulator {
  parcels(): readonly Parcel[];
  /** A carrier scans a parcel, also one that nobody has asked about yet. */
  scan(carrier: string, trackingNumber: string, scan: ScanInput): Parcel;
  /** Subscribes without HTTP; the secret signs. */
  subscribe(input: { readonly url: string; readonly secret: string }): void;
}

const CONTENT_FIELDS = ['value', 'location'];

/** A platform through which parcels are sent with several carriers, on a port of its own. */
export async function startCarrierSimulator(options: CarrierSimulatorOptions = {}): Promise<CarrierSimulator> {
  const core = createSimulatorCore(options, { system: 'carrier', contentFields: CONTENT_FIELDS });
  const { services = SERVICES, accessToken = 'carrier-token' } = options;
  const events = new CarrierEvents(core, options.numbersFrom ?? 0);
  const book = new ParcelBook(core, events, services);
  const simulator = await serveSimulator(core, {
    options,
    manners: {
      errorBody: ({ code, message, field }: HttpFailure) => ({ error: { code, message, field: field ?? null } }),
      isAuthorised: (headers) => bearerToken(headers) === accessToken,
      contentFields: CONTENT_FIELDS,
    },
    rateLimit: { capacity: 100, refillPerSecond: 20 },
    routes: carrierRoutes(book, events, services),
  });
  return {
    ...simulator,
    parcels: () => book.parcels(),
    scan: (carrier, trackingNumber, scan) => book.scan(carrier, trackingNumber, scan),
    subscribe: ({ url, secret }) => {
      events.subscribe(url, secret);
    },
  };
}
