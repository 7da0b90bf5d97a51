/** Three small subgraphs that use what federation offers: keys, requires, provides, interfaces, interface objects. */
const LINK = (imports: string): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: [${imports}])`;

export const CATALOG_SDL = `
  ${LINK('"@key", "@shareable", "@inaccessible", "@requiresScopes", "@authenticated", "@composeDirective"')}
  @link(url: "https://stockwire.dev/spec/topic/v1.0", import: ["@topic"])
  @composeDirective(name: "@topic")
  directive @topic(event: String!, keys: [String!]!, snapshot: String!, scope: String) on FIELD_DEFINITION

  scalar Quantity
  enum Color { RED GREEN SECRET @inaccessible }

  type Query {
    "All of them, or those with the given ids."
    products(ids: [ID!], first: Int = 3): [Product!]!
    product(id: ID!): Product
    media: [Media!]!
    node(id: ID!): Node
    search: [SearchResult]
    items: [Item]
    echo(input: EchoInput!): String
    hidden: String @inaccessible
    margins: Margins @requiresScopes(scopes: [["margins:read"]])
    grid: [[Product]]
  }
  type Mutation {
    addProduct(id: ID!, title: String!): Product!
    renameProduct(id: ID!, title: String!): Product
    log(word: String!): [String!]!
    mustFail: Product!
    guarded: String @requiresScopes(scopes: [["margins:write"]])
  }
  type Subscription { productChanged(id: ID!): ProductFrame! @topic(event: "e", keys: ["id"], snapshot: "product") }
  type ProductFrame { cursor: String! changes: [Product!]! }
  input EchoInput { text: String!, times: Int = 2, quantity: Quantity, color: Color }
  interface Node { id: ID! }
  interface Media { id: ID! title: String }
  type Book implements Media & Node @key(fields: "id") { id: ID! title: String pages: Int }
  type Movie implements Media & Node @key(fields: "id") { id: ID! title: String minutes: Int! }
  type Product implements Node @key(fields: "id") {
    id: ID!
    title: String!
    weight: Int
    price: Float
    color: Color
    dims: Dims
    category: Category
    related: [Product]
    cost: Int @requiresScopes(scopes: [["margins:read"]])
    requiredCost: Int! @requiresScopes(scopes: [["margins:read"]])
    fails: String
    failsHard: String!
  }
  type Margins { total: Int }
  type Dims @shareable { w: Int h: Int }
  type Category @key(fields: "id org { id }") { id: ID! org: Org! name: String }
  type Org @shareable { id: ID! }
  interface Item @key(fields: "id") { id: ID! label: String }
  type ItemA implements Item @key(fields: "id") { id: ID! label: String a: Int }
  type ItemB implements Item @key(fields: "id") { id: ID! label: String b: Int }
  union SearchResult = Book | Product | Org
`;

export const STOCK_SDL = `
  ${LINK('"@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject"')}
  type Query { stockOf(id: ID!): Stock reviews: [Review!]! ratedItem(id: ID!): Item }
  type Mutation { setStock(id: ID!, onHand: Int!): Stock }
  type Stock { product: Product! onHand: Int! }
  type Product @key(fields: "id") {
    id: ID!
    weight: Int @external
    dims: Dims @external
    stock(location: String = "main"): Int!
    shipping: Float @requires(fields: "weight dims { w h }")
    softStock: Int
    reviews: [Review!]
  }
  type Dims { w: Int @external h: Int @external }
  type Book @key(fields: "id") { id: ID! reviews: [Review!]! }
  type Movie @key(fields: "id") { id: ID! reviews: [Review!]! }
  type Review @key(fields: "id") { id: ID! text: String! product: Product author: User @provides(fields: "name") }
  type User @key(fields: "id") { id: ID! name: String @external }
  type Category @key(fields: "id org { id }") { id: ID! org: Org! count: Int }
  type Org @shareable { id: ID! }
  type Item @interfaceObject @key(fields: "id") { id: ID! stars: Int }
`;

export const USERS_SDL = `
  ${LINK('"@key", "@shareable"')}
  type Query { me: User users: [User!]! }
  type User @key(fields: "id") { id: ID! name: String @shareable mail: String! }
`;
