/** A service of a carrier, with what it costs and how long it takes. */
export interface Service {
  readonly code: string;
  readonly carrier: string;
  readonly currency: string;
  /** Minor units for a parcel, and for each begun kilogram; dearer abroad. */
  readonly base: number;
  readonly perKilogram: number;
  readonly abroadFactor: number;
  readonly daysMin: number;
  readonly daysMax: number;
  readonly weightGramsMax: number;
}

export interface Way {
  readonly weightGrams: number;
  readonly fromCountry: string;
  readonly toCountry: string;
}

export interface Rate {
  readonly service: Service;
  /** Minor units. */
  readonly amount: number;
}

/** Undefined for a parcel that is too heavy. */
export function rateOf(service: Service, { weightGrams, fromCountry, toCountry }: Way): Rate | undefined {
  if (weightGrams > service.weightGramsMax) return undefined;
  const factor = fromCountry === toCountry ? 1 : service.abroadFactor;
  const amount = (service.base + service.perKilogram * Math.ceil(weightGrams / 1_000)) * factor;
  return { service, amount: Math.round(amount) };
}

const POUNDS = { currency: 'GBP', abroadFactor: 3 } as const;

/** Two carriers with two services each. */
export const SERVICES: readonly Service[] = [
  {
    ...POUNDS,
    code: 'meridian_standard',
    carrier: 'meridian',
    base: 290,
    perKilogram: 40,
    daysMin: 2,
    daysMax: 3,
    weightGramsMax: 20_000,
  },
  {
    ...POUNDS,
    code: 'meridian_next_day',
    carrier: 'meridian',
    base: 690,
    perKilogram: 60,
    daysMin: 1,
    daysMax: 1,
    weightGramsMax: 20_000,
  },
  {
    ...POUNDS,
    code: 'swallow_letterbox',
    carrier: 'swallow',
    base: 180,
    perKilogram: 20,
    daysMin: 2,
    daysMax: 4,
    weightGramsMax: 2_000,
  },
  {
    ...POUNDS,
    code: 'swallow_freight',
    carrier: 'swallow',
    base: 1_500,
    perKilogram: 25,
    daysMin: 3,
    daysMax: 5,
    weightGramsMax: 500_000,
  },
];
