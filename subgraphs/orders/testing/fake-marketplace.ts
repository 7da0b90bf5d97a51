import { Obstacle, Refusal } from '../../../kernel/model/errors.ts';
import type { ParcelAddress } from '../../../schema/commands/outbound-parcels.ts';
import type {
  AcknowledgeOrder,
  MarketplaceDone,
  TellCancellation,
  TellShipment,
} from '../../../schema/commands/outbound-marketplace.ts';

/** What a marketplace was told, by the name of the command. */
interface Word {
  readonly key: string;
  readonly name: string;
  readonly about: AcknowledgeOrder | TellCancellation | TellShipment;
}

const COMMANDS = ['acknowledge-order', 'tell-cancellation', 'tell-shipment'];

/** A marketplace that takes in what it is told, when it is up and wants to. */
export class FakeMarketplace {
  readonly system = 'market-north';
  readonly words: Word[] = [];
  isUp = true;
  /** Says no to commands of this name. */
  refuses: string | undefined;
  /** It says later what became of what it was told. */
  isSlow = false;

  /** By its number; it tells no other. */
  readonly addresses = new Map<string, ParcelAddress>();
  /** How often it was asked for one. */
  addressesAsked = 0;

  async deliveryAddress({ externalId }: { readonly externalId: string }): Promise<ParcelAddress | null> {
    this.addressesAsked++;
    if (!this.isUp) throw new Obstacle('UPSTREAM_UNAVAILABLE', 'The marketplace is down.');
    if (this.refuses === 'address') throw new Refusal('UPSTREAM_REJECTED', 'The account has no role for addresses.');
    return this.addresses.get(externalId) ?? null;
  }

  does(name: string): boolean {
    return COMMANDS.includes(name);
  }

  async tell(key: string, name: string, payload: unknown): Promise<MarketplaceDone> {
    if (!this.isUp) throw new Obstacle('UPSTREAM_UNAVAILABLE', 'The marketplace is down.');
    if (this.refuses === name) throw new Refusal('UPSTREAM_REJECTED', 'The marketplace says no.');
    if (this.words.every((word) => word.key !== key)) this.words.push({ key, name, about: payload as Word['about'] });
    return { status: this.isSlow ? 'PENDING' : 'SUCCEEDED' };
  }

  /** What it was told under a name. */
  told(name: string): readonly Word[] {
    return this.words.filter((word) => word.name === name);
  }
}
