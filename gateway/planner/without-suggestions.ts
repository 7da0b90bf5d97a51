/**
 * What graphql-js says of a fault without what would have been right: whoever may not read the schema is not to guess it
 * from that either.
 */
export function withoutSuggestions(message: string): string {
  return message.replace(/ Did you mean [^]*$/, '');
}
