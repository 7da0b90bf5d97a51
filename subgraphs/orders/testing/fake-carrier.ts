import type { Carrier, LabelOrder, SentParcel, ServiceRate } from '../../../connectors/carrier/port.ts';
import { Obstacle, Refusal } from '../../../kernel/model/errors.ts';
import type { BoughtLabel } from '../../../schema/commands/outbound-parcels.ts';

/** A carrier that remembers what it was asked to follow, and which labels it sold. */
export class FakeCarrier implements Carrier {
  readonly system = 'parcels-main';
  readonly carriers = ['Meridian Parcels'];
  readonly followed: SentParcel[] = [];
  readonly sold = new Map<string, LabelOrder>();
  readonly voided: string[] = [];
  isUp = true;
  /** It knows none of the parcels. */
  refuses = false;

  async track(parcel: SentParcel): Promise<{ readonly parcel: string }> {
    this.#assertUp();
    if (this.refuses) throw new Refusal('UPSTREAM_REJECTED', 'There is no such parcel.');
    const isKnown = this.followed.some(({ trackingNumber }) => trackingNumber === parcel.trackingNumber);
    if (!isKnown) this.followed.push(parcel);
    return { parcel: `trk-${parcel.trackingNumber}` };
  }

  async quoteRates(): Promise<readonly ServiceRate[]> {
    this.#assertUp();
    const about = { carrier: 'Meridian Parcels', daysMin: 1, daysMax: 2 };
    return [
      { ...about, service: 'standard', cost: { amountMinor: 330, currencyCode: 'GBP' } },
      { ...about, service: 'next_day', cost: { amountMinor: 690, currencyCode: 'GBP' } },
    ];
  }

  async buyLabel(label: LabelOrder): Promise<BoughtLabel> {
    this.#assertUp();
    if (this.refuses) throw new Refusal('UPSTREAM_REJECTED', 'There is no such street.');
    this.sold.set(label.idempotencyKey, label);
    const no = [...this.sold.keys()].indexOf(label.idempotencyKey) + 1;
    return {
      label: `lbl-${no}`,
      carrier: 'Meridian Parcels',
      trackingNumber: `MP-${no}`,
      document: `https://labels.example/lbl-${no}`,
      cost: { amountMinor: 330, currencyCode: 'GBP' },
    };
  }

  async voidLabel(label: string): Promise<'VOIDED'> {
    this.#assertUp();
    if (!this.voided.includes(label)) this.voided.push(label);
    return 'VOIDED';
  }

  #assertUp(): void {
    if (!this.isUp) throw new Obstacle('UPSTREAM_UNAVAILABLE', 'The carrier is down.');
  }
}
