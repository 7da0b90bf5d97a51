import { createHash } from 'node:crypto';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';

/** A tab that the page opens with. */
export interface GraphiqlTab {
  readonly query: string;
  readonly variables?: string;
  /** Sent with the operation, such as `{ "authorization": "Bearer ..." }`. */
  readonly headers?: Readonly<Record<string, string>>;
}

const DEFAULT_TABS: readonly GraphiqlTab[] = [{ query: '{\n  __typename\n}\n' }];

/**
 * GraphiQL sends a tab's headers with queries only. This adds them to the first message of a socket, so that a
 * subscription carries the tab's token too, and forgets stored tabs when the page offers others than last time.
 */
function socketHeadersScript(offered: string): string {
  const script = `(() => {
    const STATE = 'graphiql:tabState', OFFERED = 'stockwire:offered', offered = ${offered};
    if (localStorage.getItem(OFFERED) !== offered) {
      for (const key of Object.keys(localStorage)) if (key.startsWith('graphiql:')) localStorage.removeItem(key);
      localStorage.setItem(OFFERED, offered);
    }
    const headersOfTab = () => {
      try {
        const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem(STATE));
        return JSON.parse(tabs[activeTabIndex].headers || '{}');
      } catch { return {}; }
    };
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) {
      const isInit = typeof data === 'string' && data.startsWith('{"type":"connection_init"');
      return send.call(this, isInit ? JSON.stringify({ type: 'connection_init', payload: headersOfTab() }) : data);
    };
  })();`;
  return `<script>${script}</script>`;
}

/** The GraphiQL page, whole: scripts and styles are inside it, nothing is loaded from elsewhere. */
export function renderGraphiqlPage(tabs: readonly GraphiqlTab[] = DEFAULT_TABS): string {
  const page = renderGraphiQL({
    title: 'Stockwire',
    subscriptionsProtocol: 'WS',
    // The headers of a tab must be found again by the socket, and the tokens are the development issuer's.
    shouldPersistHeaders: true,
    defaultTabs: tabs.map(({ query, variables, headers }) => ({
      query,
      ...(variables !== undefined && { variables }),
      ...(headers && { headers: JSON.stringify(headers, undefined, 2) }),
    })),
  });
  const offered = createHash('sha256').update(JSON.stringify(tabs)).digest('hex');
  return page.replace('<head>', () => `<head>${socketHeadersScript(JSON.stringify(offered))}`);
}
