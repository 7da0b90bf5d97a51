import { Refusal } from './errors.ts';

export type SkuId = string & { readonly __brand: 'SkuId' };
export type LocationId = string & { readonly __brand: 'LocationId' };
export type ChannelId = string & { readonly __brand: 'ChannelId' };
export type NetworkId = string & { readonly __brand: 'NetworkId' };

/** The longest code that the hub accepts from any system. */
export const CODE_LENGTH_MAX = 64;

export const skuId = (text: string): SkuId => code(text, 'sku') as SkuId;
export const locationId = (text: string): LocationId => code(text, 'location') as LocationId;
export const channelId = (text: string): ChannelId => code(text, 'channel') as ChannelId;
export const networkId = (text: string): NetworkId => code(text, 'network') as NetworkId;

/** The implicit channel over one store alone; it takes LOCATION reservations only. */
export const storeChannelId = (location: LocationId): ChannelId => `STORE:${location}` as ChannelId;

/**
 * A code as its owner gives it: trimmed and upper-cased, once, at the door.
 * @throws {Refusal} BAD_USER_INPUT when it is empty, too long or holds control characters
 */
function code(text: string, field: string): string {
  const trimmed = text.trim().toUpperCase();
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
  if (trimmed === '' || trimmed.length > CODE_LENGTH_MAX || /[\u0000-\u001f\u007f]/.test(trimmed)) {
    throw new Refusal('BAD_USER_INPUT', `${field} must be 1 to ${CODE_LENGTH_MAX} printable characters.`, { field });
  }
  return trimmed;
}
