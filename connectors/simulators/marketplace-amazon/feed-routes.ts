import { HttpFailure } from '../runtime/http-failure.ts';
import { textOf, textsOf } from '../runtime/json-fields.ts';
import { jsonBody } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import type { FeedDesk, MarketFeed } from './feed-desk.ts';

const BASE = '/feeds/2021-06-30';
const MARKETPLACES_MAX = 25;
/** Where documents lie: at another server than the API, which gives addresses that need no token. */
export const DOCUMENTS_PATH = '/documents/:id';

/** @param documentUrl the address of a document */
export function feedRoutes(desk: FeedDesk, documentUrl: (id: string) => string): readonly Route[] {
  return [
    { method: 'POST', path: `${BASE}/documents`, handle: (request) => createDocument(desk, request, documentUrl) },
    {
      method: 'GET',
      path: `${BASE}/documents/:feedDocumentId`,
      handle: ({ params }) => {
        const id = params['feedDocumentId'] ?? '';
        desk.documentText(id);
        return { body: { feedDocumentId: id, url: documentUrl(id) } };
      },
    },
    { method: 'POST', path: `${BASE}/feeds`, handle: (request) => createFeed(desk, request) },
    {
      method: 'GET',
      path: `${BASE}/feeds/:feedId`,
      handle: ({ params }) => ({ body: feedObject(desk.get(params['feedId'] ?? '')) }),
    },
  ];
}

export function documentRoutes(desk: FeedDesk): readonly Route[] {
  return [
    {
      method: 'PUT',
      path: DOCUMENTS_PATH,
      isOpen: true,
      handle: ({ params, text }) => {
        desk.upload(params['id'] ?? '', text);
        return { status: 200 };
      },
    },
    {
      method: 'GET',
      path: DOCUMENTS_PATH,
      isOpen: true,
      handle: ({ params }) => ({
        text: desk.documentText(params['id'] ?? ''),
        headers: { 'content-type': 'text/xml; charset=UTF-8' },
      }),
    },
  ];
}

function createDocument(desk: FeedDesk, request: SimulatorRequest, documentUrl: (id: string) => string): Answer {
  textOf(jsonBody(request), 'contentType');
  const id = desk.createDocument();
  return { status: 201, body: { feedDocumentId: id, url: documentUrl(id) } };
}

function createFeed(desk: FeedDesk, request: SimulatorRequest): Answer {
  const body = jsonBody(request);
  const marketplaceIds = textsOf(body, 'marketplaceIds', MARKETPLACES_MAX);
  if (marketplaceIds.length === 0) throw new HttpFailure(400, '400', 'Invalid input', { field: 'marketplaceIds' });
  const documentId = textOf(body, 'inputFeedDocumentId');
  const feed = desk.create({ type: textOf(body, 'feedType'), marketplaceIds, documentId });
  return { status: 202, body: { feedId: feed.id } };
}

function feedObject(feed: MarketFeed): Readonly<Record<string, unknown>> {
  const { id, type, marketplaceIds, createdAt, status, resultDocumentId } = feed;
  return {
    feedId: id,
    feedType: type,
    marketplaceIds,
    createdTime: createdAt,
    processingStatus: status,
    ...(status !== 'IN_QUEUE' && { processingStartTime: createdAt, processingEndTime: createdAt }),
    ...(resultDocumentId !== null && { resultFeedDocumentId: resultDocumentId }),
  };
}
