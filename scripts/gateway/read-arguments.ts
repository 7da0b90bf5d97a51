import { parseArgs } from 'node:util';

/** What the command line asks the gateway to serve. */
export interface GatewayArguments {
  /** A file with the supergraph's SDL. */
  readonly supergraph: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Addresses by subgraph that replace those of the supergraph. */
  readonly subgraphs: ReadonlyMap<string, string>;
  /** The file with limits, origins, documents, contracts and whose tokens are accepted. Default: none. */
  readonly config?: string;
  /** Labels of progressive overrides that hold. Default: none. */
  readonly overrideLabels?: readonly string[];
  /** What errors of subgraphs may carry to clients besides code, retryable and details. Default: nothing. */
  readonly forwardedExtensions?: readonly string[];
}

export const USAGE = `Usage: npm run gateway -- --supergraph FILE [--port 4000] [--host 127.0.0.1] [--subgraph NAME=URL]...

Serves any Federation 2 supergraph at /graphql, by the addresses in it.

  --supergraph FILE    the composed supergraph
  --port PORT          where to listen; 0 takes any free port (default 4000)
  --host HOST          the address to listen on (default 127.0.0.1)
  --subgraph NAME=URL  where a subgraph is, instead of its address in the supergraph; may be given for each
  --override-label L   a progressive override that holds; may be given for each label
  --forward-extension KEY
                       what errors of subgraphs may tell clients in extensions, besides
                       code, retryable and details
  --config FILE        limits, origins, documents, contracts, and whose tokens are accepted; docs/configuration.md
  --help               this text`;

/** The command line does not fit; the message says how. */
export class ArgumentFault extends Error {}

/**
 * @param args what follows the script
 * @returns undefined when help is asked for
 * @throws {ArgumentFault}
 */
export function readArguments(args: readonly string[]): GatewayArguments | undefined {
  const values = parse(args);
  const { supergraph, port: portText, host, subgraph, help } = values;
  if (help) return undefined;
  if (supergraph === undefined) throw new ArgumentFault('--supergraph is missing.');
  const port = Number(portText);
  if (portText.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ArgumentFault(`--port must be a port, 0 to 65535: "${portText}".`);
  }
  return {
    supergraph,
    host,
    port,
    ...(values.config !== undefined && { config: values.config }),
    subgraphs: new Map(subgraph.map(readSubgraph)),
    overrideLabels: values['override-label'],
    forwardedExtensions: values['forward-extension'],
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        supergraph: { type: 'string' },
        port: { type: 'string', default: '4000' },
        host: { type: 'string', default: '127.0.0.1' },
        subgraph: { type: 'string', multiple: true, default: [] },
        'override-label': { type: 'string', multiple: true, default: [] },
        'forward-extension': { type: 'string', multiple: true, default: [] },
        config: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new ArgumentFault((error as Error).message, { cause: error });
  }
}

function readSubgraph(text: string): [string, string] {
  const [, name, url] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || url === undefined) throw new ArgumentFault(`--subgraph must be NAME=URL: "${text}".`);
  return [name, url];
}
