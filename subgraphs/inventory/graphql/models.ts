import type { AvailabilityAnswer, NodeAnswer } from '../app/availability-query.ts';
import type { ExplainedTerm } from '../app/explain-availability.ts';
import type { OfferLineAnswer, OffersAnswer } from '../app/offers-query.ts';
import type { HistoryEntry } from '../app/position-history.ts';
import type { PositionAnswer } from '../app/position-query.ts';
import type { LocationRecord } from '../domain/location-record.ts';
import type { SerialAnswer } from '../app/tracked-query.ts';
import type { SupplyAnswer } from '../app/supply-query.ts';
import type { Transfer, TransferLine } from '../domain/transfer.ts';
import type { RuleImpact } from '../domain/ledger-command.ts';
import type { RuleInForce, RuleVersion, RuleWithdrawal } from '../domain/rule-book.ts';
import type { Reservation } from '../domain/reservation.ts';
import type { ChannelRecord, NetworkRecord } from '../domain/sales-territory.ts';

/* What resolvers get as the parent of each type; see resolver-mappers.json. */

export interface SkuModel {
  readonly id: string;
}

export type LocationModel = LocationRecord;
export type NetworkModel = NetworkRecord;
export type ChannelModel = ChannelRecord;
export type AvailabilityModel = AvailabilityAnswer;
export type NodeAvailabilityModel = NodeAnswer;
export type AvailabilityTermModel = ExplainedTerm;
export type InventoryPositionModel = PositionAnswer;
export type PositionHistoryEntryModel = HistoryEntry;
export type SerialStockModel = SerialAnswer;
export type OffersModel = OffersAnswer;
export type OfferLineModel = OfferLineAnswer;
export type ReservationModel = Reservation;
export type DatedSupplyModel = SupplyAnswer;
export type TransferModel = Transfer;
export type TransferLineModel = TransferLine;
export type AvailabilityRuleModel = RuleInForce;
export type AvailabilityRuleVersionModel = RuleVersion;
export type AvailabilityRuleWithdrawalModel = RuleWithdrawal;
export type AvailabilityImpactChangeModel = RuleImpact['changes'][number];
