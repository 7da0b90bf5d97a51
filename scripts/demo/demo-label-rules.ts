import type { DemoCatalogue } from '../../connectors/simulators/demo-catalogue.ts';
import type { RetailOptions } from '../hub/create-subgraphs.ts';

const GRAMS_PER_UNIT = 900;

/** Every store sends with labels that the hub buys. */
export function demoLabelRules(
  { locations }: Pick<DemoCatalogue, 'locations'>,
  system: string,
): NonNullable<RetailOptions['labelRules']> {
  const stores = locations.filter(({ type }) => type === 'STORE');
  return {
    system,
    gramsPerUnit: GRAMS_PER_UNIT,
    locations: stores.map(({ code, displayName: name, addressLine1: street, city, postalCode, country }) => ({
      location: code,
      from: { name, street, city, postalCode, country },
    })),
  };
}
