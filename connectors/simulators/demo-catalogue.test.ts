import { describe, expect, test } from '@jest/globals';
import { createDemoCatalogue } from './demo-catalogue.ts';
import { erpSeed, posSeed, wmsSeed } from './demo-seeds.ts';

describe('demo catalogue', () => {
  const catalogue = createDemoCatalogue();

  test('holds 62 SKUs of 24 products under unique codes', () => {
    expect(catalogue.items).toHaveLength(62);
    expect(new Set(catalogue.items.map(({ sku }) => sku)).size).toBe(62);
    expect(new Set(catalogue.items.map(({ productNumber }) => productNumber)).size).toBe(24);
    expect(catalogue.items.every(({ sku }) => sku === sku.toUpperCase())).toBe(true);
  });

  test('gives every SKU a GTIN-13 with a right check digit', () => {
    for (const { gtin } of catalogue.items) {
      const digits = Array.from(gtin, Number);
      const sum = digits.reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 3), 0);
      expect([gtin, digits.length, sum % 10]).toEqual([gtin, 13, 0]);
    }
  });

  test('gives each location exactly one system, and each system only its own stock', () => {
    expect(wmsSeed(catalogue).warehouses).toEqual(['DC-NORTH']);
    const square = posSeed(catalogue, 'SQUARE');
    const lightspeed = posSeed(catalogue, 'LIGHTSPEED');
    expect(square.locations).toHaveLength(3);
    expect(lightspeed.locations).toHaveLength(3);
    const rows = [wmsSeed(catalogue), square, lightspeed].reduce(
      (total, { openingStock }) => total + openingStock.length,
      0,
    );
    expect(rows).toBe(catalogue.openingStock.length);
  });

  test('prices every item in both currencies in the ERP', () => {
    const seed = erpSeed(catalogue);
    expect(seed.prices).toHaveLength(2 * 62);
    expect(seed.prices.every(({ unitPriceMinor }) => Number.isInteger(unitPriceMinor) && unitPriceMinor > 0)).toBe(
      true,
    );
  });
});
