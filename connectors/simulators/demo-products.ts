/** A product of the demonstration retailer before its variants are spelled out. */
export interface DemoProduct {
  readonly number: string;
  readonly name: string;
  readonly category: string;
  readonly priceMinor: number;
  /** Each combination of the options' values is one SKU: `TEE-BLACK-M`. */
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** Sold by weight, in steps of a gram; else by the piece. */
  readonly isWeighed?: boolean;
  /** Food and children's things carry no tax. */
  readonly isZeroRated?: boolean;
}

const SIZES = { name: 'Size', values: ['S', 'M', 'L'] };

/** 24 products of fashion and home. */
export const DEMO_PRODUCTS: readonly DemoProduct[] = [
  {
    number: 'TEE',
    name: 'Organic cotton T-shirt',
    category: 'FASHION/TOPS',
    priceMinor: 1800,
    options: [colours('Black', 'White'), SIZES],
  },
  {
    number: 'JEANS',
    name: 'Straight jeans',
    category: 'FASHION/TROUSERS',
    priceMinor: 6500,
    options: [sizes('30', '32', '34', '36')],
  },
  { number: 'HOODIE', name: 'Brushed hoodie', category: 'FASHION/TOPS', priceMinor: 4800, options: [SIZES] },
  {
    number: 'DRESS',
    name: 'Linen dress',
    category: 'FASHION/DRESSES',
    priceMinor: 7900,
    options: [sizes('8', '10', '12')],
  },
  {
    number: 'SOCKS',
    name: 'Wool socks',
    category: 'FASHION/ACCESSORIES',
    priceMinor: 900,
    options: [colours('Navy', 'Grey', 'Moss')],
  },
  {
    number: 'SCARF',
    name: 'Lambswool scarf',
    category: 'FASHION/ACCESSORIES',
    priceMinor: 3500,
    options: [colours('Rust', 'Sky')],
  },
  {
    number: 'BELT',
    name: 'Leather belt',
    category: 'FASHION/ACCESSORIES',
    priceMinor: 3200,
    options: [sizes('M', 'L')],
  },
  {
    number: 'SHIRT',
    name: 'Oxford shirt',
    category: 'FASHION/TOPS',
    priceMinor: 5200,
    options: [sizes('S', 'M', 'L', 'XL')],
  },
  { number: 'RAINCOAT', name: 'Waxed raincoat', category: 'FASHION/COATS', priceMinor: 14900, options: [SIZES] },
  {
    number: 'SNEAKER',
    name: 'Canvas sneaker',
    category: 'FASHION/SHOES',
    priceMinor: 5900,
    options: [sizes('38', '39', '40', '41', '42')],
  },
  {
    number: 'MUG',
    name: 'Stoneware mug',
    category: 'HOME/TABLE',
    priceMinor: 1200,
    options: [colours('White', 'Blue', 'Sand')],
  },
  {
    number: 'PLATE',
    name: 'Dinner plate',
    category: 'HOME/TABLE',
    priceMinor: 1400,
    options: [colours('White', 'Blue')],
  },
  {
    number: 'BOWL',
    name: 'Cereal bowl',
    category: 'HOME/TABLE',
    priceMinor: 1100,
    options: [colours('White', 'Blue')],
  },
  {
    number: 'CANDLE',
    name: 'Soy candle',
    category: 'HOME/SCENT',
    priceMinor: 1600,
    options: [{ name: 'Scent', values: ['Fig', 'Cedar', 'Mint'] }],
  },
  {
    number: 'CUSHION',
    name: 'Velvet cushion',
    category: 'HOME/TEXTILES',
    priceMinor: 2600,
    options: [colours('Green', 'Ochre', 'Plum')],
  },
  {
    number: 'THROW',
    name: 'Merino throw',
    category: 'HOME/TEXTILES',
    priceMinor: 8900,
    options: [colours('Grey', 'Cream')],
  },
  { number: 'TOWEL', name: 'Cotton towel', category: 'HOME/BATH', priceMinor: 1900, options: [sizes('Hand', 'Bath')] },
  { number: 'LAMP', name: 'Desk lamp', category: 'HOME/LIGHT', priceMinor: 6900, options: [] },
  { number: 'VASE', name: 'Glass vase', category: 'HOME/DECOR', priceMinor: 2900, options: [sizes('Small', 'Tall')] },
  { number: 'TEAPOT', name: 'Cast iron teapot', category: 'HOME/TABLE', priceMinor: 5400, options: [] },
  {
    number: 'APRON',
    name: 'Linen apron',
    category: 'HOME/KITCHEN',
    priceMinor: 3100,
    options: [colours('Navy', 'Natural')],
  },
  { number: 'BOARD', name: 'Oak chopping board', category: 'HOME/KITCHEN', priceMinor: 3900, options: [] },
  {
    number: 'COFFEE',
    name: 'Coffee beans',
    category: 'FOOD/LOOSE',
    priceMinor: 2450,
    options: [{ name: 'Roast', values: ['House', 'Decaf'] }],
    isWeighed: true,
    isZeroRated: true,
  },
  {
    number: 'TEA',
    name: 'Loose Earl Grey tea',
    category: 'FOOD/LOOSE',
    priceMinor: 5600,
    options: [],
    isWeighed: true,
    isZeroRated: true,
  },
];

function colours(...values: readonly string[]): { readonly name: string; readonly values: readonly string[] } {
  return { name: 'Colour', values };
}

function sizes(...values: readonly string[]): { readonly name: string; readonly values: readonly string[] } {
  return { name: 'Size', values };
}
