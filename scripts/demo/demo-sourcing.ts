import { DEFAULT_RULES, type SourcingRules } from '../../subgraphs/orders/domain/sourcing/sourcing-rules.ts';

const WAKEFIELD = { latitude: 53.68, longitude: -1.5 };
const LEEDS = { latitude: 53.8, longitude: -1.54 };
const YORK = { latitude: 53.96, longitude: -1.08 };
const MANCHESTER = { latitude: 53.48, longitude: -2.24 };
const BRISTOL = { latitude: 51.45, longitude: -2.6 };
const BATH = { latitude: 51.38, longitude: -2.36 };
const DUBLIN = { latitude: 53.34, longitude: -6.26 };
const MIDDLE_OF_ENGLAND = { latitude: 52.56, longitude: -1.46 };

const STORE_HOURS = { cutOff: '14:00' };

/**
 * How the demo retailer sources: the warehouse before the stores, as its networks prefer, and dates by how far a parcel
 * goes. What it costs is left to whoever plays with the rules.
 */
export const DEMO_SOURCING_RULES: Partial<SourcingRules> = {
  defaults: { ...DEFAULT_RULES.defaults, workingDays: [1, 2, 3, 4, 5, 6] },
  nodes: [
    { location: 'DC-NORTH', ...WAKEFIELD, cutOff: '18:00' },
    { location: 'STORE-LEEDS', ...LEEDS, ...STORE_HOURS },
    { location: 'STORE-YORK', ...YORK, ...STORE_HOURS },
    { location: 'STORE-MANCHESTER', ...MANCHESTER, ...STORE_HOURS },
    { location: 'STORE-BRISTOL', ...BRISTOL, ...STORE_HOURS },
    { location: 'STORE-BATH', ...BATH, ...STORE_HOURS },
    { location: 'STORE-DUBLIN', ...DUBLIN, ...STORE_HOURS },
  ],
  postalAreas: [
    { country: 'GB', postalPrefix: '', ...MIDDLE_OF_ENGLAND },
    { country: 'GB', postalPrefix: 'LS', ...LEEDS },
    { country: 'GB', postalPrefix: 'WF', ...WAKEFIELD },
    { country: 'GB', postalPrefix: 'YO', ...YORK },
    { country: 'GB', postalPrefix: 'M', ...MANCHESTER },
    { country: 'GB', postalPrefix: 'BS', ...BRISTOL },
    { country: 'GB', postalPrefix: 'BA', ...BATH },
    { country: 'IE', postalPrefix: '', ...DUBLIN },
  ],
  transit: [
    { country: 'IE', postalPrefix: null, distanceKmMax: 60, earliestDays: 1, latestDays: 2 },
    { country: 'IE', postalPrefix: null, distanceKmMax: null, earliestDays: 3, latestDays: 5 },
    { country: null, postalPrefix: null, distanceKmMax: 80, earliestDays: 1, latestDays: 1 },
    { country: null, postalPrefix: null, distanceKmMax: null, earliestDays: 1, latestDays: 3 },
  ],
};
