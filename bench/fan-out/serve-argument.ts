/** What a server of this benchmark is started with. */
export interface ServeArgument {
  readonly skuCount: number;
}
