import { HttpFailure } from '../runtime/http-failure.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';
import type { CarrierEvents } from './carrier-events.ts';
import { rateOf, type Service } from './services.ts';

/** Where a parcel is, in the words of the carriers' platform. */
export type ParcelStatus =
  | 'pre_transit'
  | 'in_transit'
  | 'out_for_delivery'
  | 'available_for_pickup'
  | 'delivered'
  | 'failure'
  | 'lost'
  | 'return_to_sender';

/** A parcel that somebody wants to hear of, with the label that was bought for it here, if any. */
export interface Parcel {
  /** `trk_…` */
  readonly id: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  reference: string | null;
  status: ParcelStatus;
  detail: string | null;
  place: string | null;
  readonly label: Label | null;
}

/** What a parcel travels on. */
export interface Label {
  /** `lbl_…` */
  readonly id: string;
  readonly service: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  status: 'purchased' | 'voided';
}

export interface LabelInput {
  readonly reference: string;
  readonly service: string;
  readonly weightGrams: number;
  readonly fromCountry: string;
  readonly toCountry: string;
}

export interface TrackInput {
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly reference: string;
}

export interface ScanInput {
  readonly status: ParcelStatus;
  readonly detail?: string;
  readonly place?: string;
}

const PARCELS_MAX = 1_000_000;

/** Every parcel that was sent with a label of the platform, or that it was asked to follow. */
export class ParcelBook {
  readonly #core: SimulatorCore;
  readonly #events: CarrierEvents;
  readonly #services: readonly Service[];
  readonly #parcels = new Map<string, Parcel>();
  readonly #labels = new Map<string, Parcel>();

  constructor(core: SimulatorCore, events: CarrierEvents, services: readonly Service[]) {
    this.#core = core;
    this.#events = events;
    this.#services = services;
  }

  parcels(): readonly Parcel[] {
    return [...this.#parcels.values()];
  }

  /** @throws {HttpFailure} 422 for a service that is not offered on this way or for this weight */
  buyLabel({ reference, service: wanted, weightGrams, fromCountry, toCountry }: LabelInput): Parcel {
    const service = this.#services.find(({ code }) => code === wanted);
    const rate = service && rateOf(service, { weightGrams, fromCountry, toCountry });
    if (!service || !rate) {
      throw new HttpFailure(422, 'service_unavailable', `${wanted} is not offered for this parcel.`, {
        field: 'service',
      });
    }
    const label: Label = {
      id: `lbl_${this.#core.ids.hex(24)}`,
      service: service.code,
      amount: rate.amount,
      currency: service.currency,
      status: 'purchased',
    };
    const trackingNumber = this.#core.ids.hex(12).toUpperCase();
    const parcel = this.#add({ carrier: service.carrier, trackingNumber, reference, label });
    this.#labels.set(label.id, parcel);
    return parcel;
  }

  /** @throws {HttpFailure} 404, 409 once the carrier has the parcel */
  voidLabel(id: string): Parcel {
    const parcel = this.#labels.get(id);
    if (!parcel?.label) throw new HttpFailure(404, 'label_not_found', `There is no label ${id}.`);
    if (parcel.label.status === 'voided') return parcel;
    if (parcel.status !== 'pre_transit') {
      throw new HttpFailure(409, 'label_in_use', 'The carrier has the parcel already.');
    }
    parcel.label.status = 'voided';
    return parcel;
  }

  /** The same number of the same carrier is one parcel; whoever names a reference first is told of it by that. */
  track({ carrier, trackingNumber, reference }: TrackInput): Parcel {
    if (!this.#services.some((service) => service.carrier === carrier)) {
      throw new HttpFailure(422, 'carrier_unknown', `${carrier} is no carrier of this platform.`, { field: 'carrier' });
    }
    const known = this.#parcels.get(keyOf(carrier, trackingNumber));
    if (!known) return this.#add({ carrier, trackingNumber, reference, label: null });
    if (known.reference === null) {
      known.reference = reference;
      this.#events.tell(known);
    }
    return known;
  }

  /** A carrier scans a parcel, also one that nobody has asked about yet. */
  scan(carrier: string, trackingNumber: string, { status, detail, place }: ScanInput): Parcel {
    const parcel =
      this.#parcels.get(keyOf(carrier, trackingNumber)) ??
      this.#add({ carrier, trackingNumber, reference: null, label: null });
    parcel.status = status;
    parcel.detail = detail ?? null;
    parcel.place = place ?? null;
    this.#events.tell(parcel);
    return parcel;
  }

  #add(made: Pick<Parcel, 'carrier' | 'trackingNumber' | 'reference' | 'label'>): Parcel {
    if (this.#parcels.size >= PARCELS_MAX) throw new HttpFailure(503, 'full', 'The simulator keeps no more parcels.');
    const parcel: Parcel = {
      id: `trk_${this.#core.ids.hex(24)}`,
      status: 'pre_transit',
      detail: null,
      place: null,
      ...made,
    };
    this.#parcels.set(keyOf(parcel.carrier, parcel.trackingNumber), parcel);
    this.#events.tell(parcel);
    return parcel;
  }
}

const keyOf = (carrier: string, trackingNumber: string): string => `${carrier} ${trackingNumber}`;

export function trackerObject(parcel: Parcel): Readonly<Record<string, unknown>> {
  const { id, carrier, trackingNumber, reference, status, detail, place, label } = parcel;
  return {
    id,
    carrier,
    tracking_number: trackingNumber,
    reference,
    label: label?.id ?? null,
    status,
    status_detail: detail,
    location: place,
  };
}

export function labelObject(parcel: Parcel): Readonly<Record<string, unknown>> {
  const { label, ...of } = parcel;
  return {
    id: label?.id,
    service: label?.service,
    carrier: of.carrier,
    tracking_number: of.trackingNumber,
    reference: of.reference,
    amount: { value: label?.amount, currency: label?.currency },
    status: label?.status,
    document: { format: 'ZPL', url: `/v1/labels/${label?.id}/document` },
  };
}
