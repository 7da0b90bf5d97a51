import { Group } from '../../gateway/subscriptions/group.ts';
import { SocketOutlet } from '../../gateway/subscriptions/socket-outlet.ts';
import { EmbeddedChangeFeed } from '../../kernel/adapters/embedded/embedded-change-feed.ts';

/** A fault of live changes that a checker has to see; a gateway that has one was never meant to run. */
export type PlantedLiveFault = 'drop-change' | 'tell-twice' | 'tell-late';

const EVERY_CHANGE = 10;
const EVERY_FRAME = 200;
const EVERY_MESSAGE = 200;

const plants: Readonly<Record<PlantedLiveFault, () => void>> = {
  /** A group is not told of a change, and nothing is amiss with the feed by which it could notice. */
  'drop-change': () => {
    const onRecord = Reflect.get<Group, 'onRecord'>(Group.prototype, 'onRecord');
    const drop = everyNth(EVERY_CHANGE);
    Group.prototype.onRecord = function forgetful(record) {
      if (!drop()) onRecord.call(this, record);
    };
  },
  /** A client is sent a frame a second time. */
  'tell-twice': () => {
    const send = Reflect.get<SocketOutlet, 'send'>(SocketOutlet.prototype, 'send');
    const repeat = everyNth(EVERY_FRAME);
    SocketOutlet.prototype.send = function stuttering(id, frame) {
      send.call(this, id, frame);
      if (repeat()) send.call(this, id, frame);
    };
  },
  /** A client is sent a frame after the one that follows it. */
  'tell-late': () => {
    const send = Reflect.get<SocketOutlet, 'send'>(SocketOutlet.prototype, 'send');
    const late = new WeakMap<SocketOutlet, Parameters<typeof send>>();
    const delay = everyNth(EVERY_FRAME);
    SocketOutlet.prototype.send = function overtaken(id, frame) {
      const held = late.get(this);
      if (!held && delay()) {
        late.set(this, [id, frame]);
        return;
      }
      send.call(this, id, frame);
      late.delete(this);
      if (held) send.apply(this, held);
    };
  },
};

export function plantLiveFault(fault: PlantedLiveFault): void {
  plants[fault]();
}

/** No fault: a feed promises nothing, and whoever follows it must notice by the next message what is missing. */
export function loseFeedMessages(): void {
  const publish = Reflect.get<EmbeddedChangeFeed, 'publish'>(EmbeddedChangeFeed.prototype, 'publish');
  const lose = everyNth(EVERY_MESSAGE);
  EmbeddedChangeFeed.prototype.publish = function lossy(message) {
    if (!lose()) publish.call(this, message);
  };
}

function everyNth(n: number): () => boolean {
  let count = 0;
  return () => ++count % n === 0;
}
