import { createSeededRandom } from '../../../connectors/simulators/runtime/seeded-random.ts';

/** The dice of the demo day. */
export interface Chance {
  /** One of them, each as likely as the others. */
  pick<Item>(items: readonly Item[]): Item;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
  happens(probability: number): boolean;
}

export function createChance(seed: number): Chance {
  const random = createSeededRandom(seed);
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  return {
    between,
    happens: (probability) => random() < probability,
    pick: (items) => {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new Error('Nothing to pick from.');
      return item;
    },
  };
}
