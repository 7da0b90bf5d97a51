import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ProductRecord } from '../domain/product-record.ts';
import type { SkuView } from '../app/sku-view.ts';
import type { KitComponent } from '../../../schema/events/fields.ts';
import type { GraphqlContext } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A decimal string in the base unit of its SKU, such as "12" or "0.250"; always a multiple of the step of the SKU. */
  Quantity: { input: string; output: string; }
  /** An instant in UTC, ISO 8601. */
  DateTime: { input: string; output: string; }
  /** An ISO 4217 currency code. */
  CurrencyCode: { input: string; output: string; }
  /** An integer of at most 53 bits, carried as a JSON number. */
  SafeInteger: { input: number; output: number; }
  /** A place in the change log of one context. Opaque: keep it, pass it back, never take it apart. */
  ChangeCursor: { input: string; output: string; }
  link__Import: { input: unknown; output: unknown; }
  federation__FieldSet: { input: unknown; output: unknown; }
  federation__Scope: { input: unknown; output: unknown; }
  federation__Policy: { input: unknown; output: unknown; }
  federation__ContextFieldValue: { input: unknown; output: unknown; }
  _Any: { input: unknown; output: unknown; }
};

/** An amount of money. */
export type Money = {
  readonly __typename?: 'Money';
  /** In minor units: pence, cents, yen. */
  readonly amountMinor: Scalars['SafeInteger']['output'];
  /** The currency of the amount. */
  readonly currencyCode: Scalars['CurrencyCode']['output'];
};

/** What customers see as one article; its SKUs are the variants that are stocked and sold. */
export type Product = {
  readonly __typename?: 'Product';
  /** The code that the item master gives to the group of variants. */
  readonly id: Scalars['ID']['output'];
  /** The name shown to customers. */
  readonly title: Scalars['String']['output'];
  /** The text shown to customers; null when the item master has none. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** The path of categories, from the widest to the narrowest. */
  readonly categories: ReadonlyArray<Scalars['String']['output']>;
  /** The variants, in the order of their codes; at most 200. */
  readonly skus: ReadonlyArray<Sku>;
};

/** A stock keeping unit: the smallest thing that is counted, priced and sold. */
export type Sku = {
  readonly __typename?: 'Sku';
  /** The code that the item master gives it. */
  readonly id: Scalars['ID']['output'];
  /** The name of this variant. */
  readonly title: Scalars['String']['output'];
  /** The article that this is a variant of. */
  readonly product: Product;
  /** GTIN-14; null when the item master has none. */
  readonly gtin: Maybe<Scalars['String']['output']>;
  /** The unit in which quantities are told, a UN/CEFACT Rec 20 code such as EA or KGM. */
  readonly baseUnit: Scalars['String']['output'];
  /** The smallest quantity that is counted, such as "1" or "0.001". */
  readonly step: Scalars['Quantity']['output'];
  /** The other units in which it is bought, moved and sold, packs included; at most 20. */
  readonly units: ReadonlyArray<SkuUnit>;
  /** What one of it is put together from; empty for a SKU that is no kit. At most 50. */
  readonly components: ReadonlyArray<SkuComponent>;
  /** Whether single units or batches are followed. */
  readonly tracking: Tracking;
  /** Distinguishing properties such as size and colour, by name. */
  readonly attributes: ReadonlyArray<SkuAttribute>;
  /** The categories by which availability can be subscribed to. */
  readonly categories: ReadonlyArray<Scalars['String']['output']>;
  /** Whether it is still bought and sold. */
  readonly lifecycle: Lifecycle;
  /** The price of one base unit. Null when the currency has no price, or while its owner is away and no price is known. */
  readonly price: Maybe<Price>;
};


/** A stock keeping unit: the smallest thing that is counted, priced and sold. */
export type SkuPriceArgs = {
  currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
  priceList?: InputMaybe<Scalars['String']['input']>;
};

/** Another unit of a SKU: one of it is exactly `numerator / denominator` base units. */
export type SkuUnit = {
  readonly __typename?: 'SkuUnit';
  /** A UN/CEFACT Rec 20 or Rec 21 code such as CS. */
  readonly unit: Scalars['String']['output'];
  /** More than zero; 12 for a pack of twelve. */
  readonly numerator: Scalars['Int']['output'];
  /** More than zero; 1 unless it is a part of a base unit. */
  readonly denominator: Scalars['Int']['output'];
};

/** What a kit is put together from. */
export type SkuComponent = {
  readonly __typename?: 'SkuComponent';
  /** The code of the component. */
  readonly code: Scalars['ID']['output'];
  /** The component; null while the item master has not told it. */
  readonly sku: Maybe<Sku>;
  /** For one of the kit, in the base unit of the component. */
  readonly quantity: Scalars['Quantity']['output'];
};

/** One distinguishing property of a variant. */
export type SkuAttribute = {
  readonly __typename?: 'SkuAttribute';
  /** Such as "colour". */
  readonly name: Scalars['String']['output'];
  /** Such as "sage". */
  readonly value: Scalars['String']['output'];
};

/** A price as its owner told it. */
export type Price = {
  readonly __typename?: 'Price';
  /** For one base unit, before promotions. */
  readonly amount: Money;
  /** What it would be without the markdown; null when it is none, or there is no regular price. */
  readonly regular: Maybe<Money>;
  /** Whether it is a markdown. */
  readonly kind: PriceKind;
  /** The list of the item master that it stands on; null when everybody pays it. */
  readonly priceList: Maybe<Scalars['String']['output']>;
  /** Since when it applies. */
  readonly effectiveFrom: Scalars['DateTime']['output'];
  /** From when on it no longer applies; null: until a later one does. */
  readonly effectiveUntil: Maybe<Scalars['DateTime']['output']>;
  /** When the hub last heard it from its owner; old while the owner is away. */
  readonly asOf: Scalars['DateTime']['output'];
};

/** Kinds of prices. */
export type PriceKind =
  /** What is asked for as long as nothing else is said. */
  | 'REGULAR'
  /** Asked for instead of the regular price, for as long as it applies. */
  | 'MARKDOWN';

/** How the units of a SKU are followed. */
export type Tracking =
  /** By quantity alone. */
  | 'NONE'
  /** By batch. */
  | 'LOT'
  /** Unit by unit. */
  | 'SERIAL';

/** Where a SKU is in its life. */
export type Lifecycle =
  /** Bought and sold. */
  | 'ACTIVE'
  /** Sold until the stock is gone. */
  | 'PHASING_OUT'
  /** Neither bought nor sold. */
  | 'DISCONTINUED';

/** A page of products. */
export type ProductConnection = {
  readonly __typename?: 'ProductConnection';
  /** The products with the cursors to page by. */
  readonly edges: ReadonlyArray<ProductEdge>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
};

/** A product in a list. */
export type ProductEdge = {
  readonly __typename?: 'ProductEdge';
  /** Continue after it with this. */
  readonly cursor: Scalars['String']['output'];
  /** The product. */
  readonly node: Product;
};

/** Where a page lies in its list. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Whether more follow. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** The cursor of the last entry; null on an empty page. */
  readonly endCursor: Maybe<Scalars['String']['output']>;
};

export type Query = {
  readonly __typename?: 'Query';
  /** A product by its code; null when none is registered. */
  readonly product: Maybe<Product>;
  /** Products in the order of their codes. */
  readonly products: ProductConnection;
  /** SKUs by their codes, in the order asked, null for a code that is not registered; at most 200. */
  readonly skus: ReadonlyArray<Maybe<Sku>>;
};


export type QueryProductArgs = {
  id: Scalars['ID']['input'];
};


export type QueryProductsArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  category?: InputMaybe<Scalars['String']['input']>;
};


export type QuerySkusArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};

/** SKUs that have changed. */
export type SkuFrame = {
  readonly __typename?: 'SkuFrame';
  /** Pass it as `after` to go on from here without a gap. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** True: forget what you know of this subscription, then apply the changes. */
  readonly reset: Scalars['Boolean']['output'];
  /** The newest value of each SKU that changed. */
  readonly changes: ReadonlyArray<SkuChange>;
};

/** A SKU after a change. */
export type SkuChange = {
  readonly __typename?: 'SkuChange';
  /** Identifies what changed. */
  readonly key: Scalars['String']['output'];
  /** Never goes back for a key. */
  readonly version: Scalars['SafeInteger']['output'];
  /** True when the SKU has left what is subscribed to. */
  readonly deleted: Scalars['Boolean']['output'];
  /** The SKU. */
  readonly sku: Sku;
  /** The name of this variant; null when deleted. */
  readonly title: Maybe<Scalars['String']['output']>;
  /** Whether it is still bought and sold; null when deleted. */
  readonly lifecycle: Maybe<Lifecycle>;
  /** The categories that it is in; null when deleted. */
  readonly categories: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** The price that applies now in each currency, then on each list that has one of its own; null when deleted. */
  readonly prices: Maybe<ReadonlyArray<SkuPrice>>;
};

/** A price that applies. */
export type SkuPrice = {
  readonly __typename?: 'SkuPrice';
  /** For one base unit, before promotions. */
  readonly amount: Money;
  /** Whether it is a markdown; null: it is a regular price. */
  readonly kind: Maybe<PriceKind>;
  /** The list of the item master that it stands on; null when everybody pays it. */
  readonly priceList: Maybe<Scalars['String']['output']>;
  /** Since when it applies. */
  readonly effectiveFrom: Scalars['DateTime']['output'];
  /** From when on it no longer applies; null: until a later one does. */
  readonly effectiveUntil: Maybe<Scalars['DateTime']['output']>;
};

/** Changes of this context, live. */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /** Descriptions and prices of SKUs: a snapshot, then every change, also when a price begins to apply at its time. */
  readonly skuChanged: SkuFrame;
};


/** Changes of this context, live. */
export type SubscriptionSkuChangedArgs = {
  skus?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  category?: InputMaybe<Scalars['String']['input']>;
  after?: InputMaybe<Scalars['ChangeCursor']['input']>;
  minIntervalMs?: InputMaybe<Scalars['Int']['input']>;
};

export type Link__Purpose =
  /** `SECURITY` features provide metadata necessary to securely resolve fields. */
  | 'SECURITY'
  /** `EXECUTION` features provide metadata necessary for operation execution. */
  | 'EXECUTION';



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Product: Product;
  Sku: Sku;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Product:
    ( { __typename: 'Product' }
    & GraphQLRecursivePick<FederationTypes['Product'], {"id":true}> );
  Sku:
    ( { __typename: 'Sku' }
    & GraphQLRecursivePick<FederationTypes['Sku'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  _Entity:
    | ( ProductRecord )
    | ( SkuView )
  ;
};


/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Quantity: ResolverTypeWrapper<Scalars['Quantity']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  SafeInteger: ResolverTypeWrapper<Scalars['SafeInteger']['output']>;
  ChangeCursor: ResolverTypeWrapper<Scalars['ChangeCursor']['output']>;
  Money: ResolverTypeWrapper<Money>;
  Product: ResolverTypeWrapper<ProductRecord>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Sku: ResolverTypeWrapper<SkuView>;
  SkuUnit: ResolverTypeWrapper<SkuUnit>;
  SkuComponent: ResolverTypeWrapper<KitComponent>;
  SkuAttribute: ResolverTypeWrapper<SkuAttribute>;
  Price: ResolverTypeWrapper<Price>;
  PriceKind: PriceKind;
  Tracking: Tracking;
  Lifecycle: Lifecycle;
  ProductConnection: ResolverTypeWrapper<Omit<ProductConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['ProductEdge']> }>;
  ProductEdge: ResolverTypeWrapper<Omit<ProductEdge, 'node'> & { node: ResolversTypes['Product'] }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SkuFrame: ResolverTypeWrapper<Omit<SkuFrame, 'changes'> & { changes: ReadonlyArray<ResolversTypes['SkuChange']> }>;
  SkuChange: ResolverTypeWrapper<Omit<SkuChange, 'sku'> & { sku: ResolversTypes['Sku'] }>;
  SkuPrice: ResolverTypeWrapper<SkuPrice>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  link__Import: ResolverTypeWrapper<Scalars['link__Import']['output']>;
  link__Purpose: Link__Purpose;
  federation__FieldSet: ResolverTypeWrapper<Scalars['federation__FieldSet']['output']>;
  federation__Scope: ResolverTypeWrapper<Scalars['federation__Scope']['output']>;
  federation__Policy: ResolverTypeWrapper<Scalars['federation__Policy']['output']>;
  federation__ContextFieldValue: ResolverTypeWrapper<Scalars['federation__ContextFieldValue']['output']>;
  _Service: ResolverTypeWrapper<_Service>;
  _Any: ResolverTypeWrapper<Scalars['_Any']['output']>;
  _Entity: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['_Entity']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Quantity: Scalars['Quantity']['output'];
  DateTime: Scalars['DateTime']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  SafeInteger: Scalars['SafeInteger']['output'];
  ChangeCursor: Scalars['ChangeCursor']['output'];
  Money: Money;
  Product: ProductRecord;
  ID: Scalars['ID']['output'];
  Sku: SkuView;
  SkuUnit: SkuUnit;
  SkuComponent: KitComponent;
  SkuAttribute: SkuAttribute;
  Price: Price;
  ProductConnection: Omit<ProductConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['ProductEdge']> };
  ProductEdge: Omit<ProductEdge, 'node'> & { node: ResolversParentTypes['Product'] };
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  SkuFrame: Omit<SkuFrame, 'changes'> & { changes: ReadonlyArray<ResolversParentTypes['SkuChange']> };
  SkuChange: Omit<SkuChange, 'sku'> & { sku: ResolversParentTypes['Sku'] };
  SkuPrice: SkuPrice;
  Subscription: Record<PropertyKey, never>;
  link__Import: Scalars['link__Import']['output'];
  federation__FieldSet: Scalars['federation__FieldSet']['output'];
  federation__Scope: Scalars['federation__Scope']['output'];
  federation__Policy: Scalars['federation__Policy']['output'];
  federation__ContextFieldValue: Scalars['federation__ContextFieldValue']['output'];
  _Service: _Service;
  _Any: Scalars['_Any']['output'];
  _Entity: ResolversUnionTypes<ResolversParentTypes>['_Entity'];
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  Boolean: Scalars['Boolean']['output'];
};

export type TopicDirectiveArgs = {
  event: Scalars['String']['input'];
  keys: ReadonlyArray<Scalars['String']['input']>;
  snapshot: Scalars['String']['input'];
  scope?: Maybe<Scalars['String']['input']>;
};

export type TopicDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = TopicDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CacheControlDirectiveArgs = {
  maxAge?: Maybe<Scalars['Int']['input']>;
  inheritMaxAge?: Maybe<Scalars['Boolean']['input']>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type LinkDirectiveArgs = {
  url?: Maybe<Scalars['String']['input']>;
  as?: Maybe<Scalars['String']['input']>;
  for?: Maybe<Link__Purpose>;
  import?: Maybe<ReadonlyArray<Maybe<Scalars['link__Import']['input']>>>;
};

export type LinkDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = LinkDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__RequiresDirectiveArgs = {
  fields: Scalars['federation__FieldSet']['input'];
};

export type Federation__RequiresDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__RequiresDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__ProvidesDirectiveArgs = {
  fields: Scalars['federation__FieldSet']['input'];
};

export type Federation__ProvidesDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__ProvidesDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__ExternalDirectiveArgs = { };

export type Federation__ExternalDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__ExternalDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__ExtendsDirectiveArgs = { };

export type Federation__ExtendsDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__ExtendsDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__InaccessibleDirectiveArgs = { };

export type Federation__InaccessibleDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__InaccessibleDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ShareableDirectiveArgs = { };

export type ShareableDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = ShareableDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__OverrideDirectiveArgs = {
  from: Scalars['String']['input'];
  label?: Maybe<Scalars['String']['input']>;
};

export type Federation__OverrideDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__OverrideDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__TagDirectiveArgs = {
  name: Scalars['String']['input'];
};

export type Federation__TagDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__TagDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ComposeDirectiveDirectiveArgs = {
  name?: Maybe<Scalars['String']['input']>;
};

export type ComposeDirectiveDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = ComposeDirectiveDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__InterfaceObjectDirectiveArgs = { };

export type Federation__InterfaceObjectDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__InterfaceObjectDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__AuthenticatedDirectiveArgs = { };

export type Federation__AuthenticatedDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__AuthenticatedDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RequiresScopesDirectiveArgs = {
  scopes: ReadonlyArray<ReadonlyArray<Scalars['federation__Scope']['input']>>;
};

export type RequiresScopesDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = RequiresScopesDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__PolicyDirectiveArgs = {
  policies: ReadonlyArray<ReadonlyArray<Scalars['federation__Policy']['input']>>;
};

export type Federation__PolicyDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__PolicyDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__ContextDirectiveArgs = {
  name: Scalars['String']['input'];
};

export type Federation__ContextDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__ContextDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__FromContextDirectiveArgs = {
  field?: Maybe<Scalars['federation__ContextFieldValue']['input']>;
};

export type Federation__FromContextDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__FromContextDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__CostDirectiveArgs = {
  weight: Scalars['Int']['input'];
};

export type Federation__CostDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__CostDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ListSizeDirectiveArgs = {
  assumedSize?: Maybe<Scalars['Int']['input']>;
  slicingArguments?: Maybe<ReadonlyArray<Scalars['String']['input']>>;
  sizedFields?: Maybe<ReadonlyArray<Scalars['String']['input']>>;
  requireOneSlicingArgument?: Maybe<Scalars['Boolean']['input']>;
};

export type ListSizeDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = ListSizeDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface QuantityScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Quantity'], any> {
  name: 'Quantity';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export interface SafeIntegerScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInteger'], any> {
  name: 'SafeInteger';
}

export interface ChangeCursorScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['ChangeCursor'], any> {
  name: 'ChangeCursor';
}

export type MoneyResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amountMinor?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  currencyCode?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type ProductResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  categories?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  skus?: Resolver<ReadonlyArray<ResolversTypes['Sku']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SkuResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Sku'] = ResolversParentTypes['Sku'], FederationReferenceType extends FederationReferenceTypes['Sku'] = FederationReferenceTypes['Sku']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Sku']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  gtin?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  baseUnit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  step?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  units?: Resolver<ReadonlyArray<ResolversTypes['SkuUnit']>, ParentType, ContextType>;
  components?: Resolver<ReadonlyArray<ResolversTypes['SkuComponent']>, ParentType, ContextType>;
  tracking?: Resolver<ResolversTypes['Tracking'], ParentType, ContextType>;
  attributes?: Resolver<ReadonlyArray<ResolversTypes['SkuAttribute']>, ParentType, ContextType>;
  categories?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  lifecycle?: Resolver<ResolversTypes['Lifecycle'], ParentType, ContextType>;
  price?: Resolver<Maybe<ResolversTypes['Price']>, ParentType, ContextType, Partial<SkuPriceArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SkuUnitResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SkuUnit'] = ResolversParentTypes['SkuUnit']> = {
  unit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  numerator?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  denominator?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SkuComponentResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SkuComponent'] = ResolversParentTypes['SkuComponent']> = {
  code?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['Sku']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
};

export type SkuAttributeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SkuAttribute'] = ResolversParentTypes['SkuAttribute']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PriceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Price'] = ResolversParentTypes['Price']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  regular?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['PriceKind'], ParentType, ContextType>;
  priceList?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  effectiveFrom?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  effectiveUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ProductConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ProductConnection'] = ResolversParentTypes['ProductConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ProductEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ProductEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ProductEdge'] = ResolversParentTypes['ProductEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType, RequireFields<QueryProductArgs, 'id'>>;
  products?: Resolver<ResolversTypes['ProductConnection'], ParentType, ContextType, RequireFields<QueryProductsArgs, 'first'>>;
  skus?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Sku']>>, ParentType, ContextType, RequireFields<QuerySkusArgs, 'ids'>>;
  _entities?: Resolver<ReadonlyArray<Maybe<ResolversTypes['_Entity']>>, ParentType, ContextType, RequireFields<Query_EntitiesArgs, 'representations'>>;
  _service?: Resolver<ResolversTypes['_Service'], ParentType, ContextType>;
};

export type SkuFrameResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SkuFrame'] = ResolversParentTypes['SkuFrame']> = {
  cursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
  reset?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['SkuChange']>, ParentType, ContextType>;
};

export type SkuChangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SkuChange'] = ResolversParentTypes['SkuChange']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  deleted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['Sku'], ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lifecycle?: Resolver<Maybe<ResolversTypes['Lifecycle']>, ParentType, ContextType>;
  categories?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  prices?: Resolver<Maybe<ReadonlyArray<ResolversTypes['SkuPrice']>>, ParentType, ContextType>;
};

export type SkuPriceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SkuPrice'] = ResolversParentTypes['SkuPrice']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['PriceKind']>, ParentType, ContextType>;
  priceList?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  effectiveFrom?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  effectiveUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  skuChanged?: SubscriptionResolver<ResolversTypes['SkuFrame'], "skuChanged", ParentType, ContextType, RequireFields<SubscriptionSkuChangedArgs, 'minIntervalMs'>>;
};

export interface Link__ImportScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['link__Import'], any> {
  name: 'link__Import';
}

export interface Federation__FieldSetScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['federation__FieldSet'], any> {
  name: 'federation__FieldSet';
}

export interface Federation__ScopeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['federation__Scope'], any> {
  name: 'federation__Scope';
}

export interface Federation__PolicyScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['federation__Policy'], any> {
  name: 'federation__Policy';
}

export interface Federation__ContextFieldValueScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['federation__ContextFieldValue'], any> {
  name: 'federation__ContextFieldValue';
}

export type _ServiceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['_Service'] = ResolversParentTypes['_Service']> = {
  sdl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface _AnyScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['_Any'], any> {
  name: '_Any';
}

export type _EntityResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['_Entity'] = ResolversParentTypes['_Entity']> = {
  __resolveType: TypeResolveFn<'Product' | 'Sku', ParentType, ContextType>;
};

export type Resolvers<ContextType = GraphqlContext> = {
  Quantity?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  CurrencyCode?: GraphQLScalarType;
  SafeInteger?: GraphQLScalarType;
  ChangeCursor?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  Sku?: SkuResolvers<ContextType>;
  SkuUnit?: SkuUnitResolvers<ContextType>;
  SkuComponent?: SkuComponentResolvers<ContextType>;
  SkuAttribute?: SkuAttributeResolvers<ContextType>;
  Price?: PriceResolvers<ContextType>;
  ProductConnection?: ProductConnectionResolvers<ContextType>;
  ProductEdge?: ProductEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  SkuFrame?: SkuFrameResolvers<ContextType>;
  SkuChange?: SkuChangeResolvers<ContextType>;
  SkuPrice?: SkuPriceResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  link__Import?: GraphQLScalarType;
  federation__FieldSet?: GraphQLScalarType;
  federation__Scope?: GraphQLScalarType;
  federation__Policy?: GraphQLScalarType;
  federation__ContextFieldValue?: GraphQLScalarType;
  _Service?: _ServiceResolvers<ContextType>;
  _Any?: GraphQLScalarType;
  _Entity?: _EntityResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = GraphqlContext> = {
  topic?: TopicDirectiveResolver<any, any, ContextType>;
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  link?: LinkDirectiveResolver<any, any, ContextType>;
  federation__requires?: Federation__RequiresDirectiveResolver<any, any, ContextType>;
  federation__provides?: Federation__ProvidesDirectiveResolver<any, any, ContextType>;
  federation__external?: Federation__ExternalDirectiveResolver<any, any, ContextType>;
  federation__extends?: Federation__ExtendsDirectiveResolver<any, any, ContextType>;
  federation__inaccessible?: Federation__InaccessibleDirectiveResolver<any, any, ContextType>;
  shareable?: ShareableDirectiveResolver<any, any, ContextType>;
  federation__override?: Federation__OverrideDirectiveResolver<any, any, ContextType>;
  federation__tag?: Federation__TagDirectiveResolver<any, any, ContextType>;
  composeDirective?: ComposeDirectiveDirectiveResolver<any, any, ContextType>;
  federation__interfaceObject?: Federation__InterfaceObjectDirectiveResolver<any, any, ContextType>;
  federation__authenticated?: Federation__AuthenticatedDirectiveResolver<any, any, ContextType>;
  requiresScopes?: RequiresScopesDirectiveResolver<any, any, ContextType>;
  federation__policy?: Federation__PolicyDirectiveResolver<any, any, ContextType>;
  federation__context?: Federation__ContextDirectiveResolver<any, any, ContextType>;
  federation__fromContext?: Federation__FromContextDirectiveResolver<any, any, ContextType>;
  federation__cost?: Federation__CostDirectiveResolver<any, any, ContextType>;
  listSize?: ListSizeDirectiveResolver<any, any, ContextType>;
};

type _Service = { readonly sdl?: string };
type Query_EntitiesArgs = { representations: ReadonlyArray<unknown> };
