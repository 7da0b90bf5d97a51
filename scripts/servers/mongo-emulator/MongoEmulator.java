import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;
import java.util.List;
import org.h2.mvstore.MVStore;

/**
 * mongo-java-server over one file, on a free port of loopback, until it is killed.
 *
 * Arguments: the file, the port (0: any), and optionally `commit-in-background` for the server's own way, which loses
 * acknowledged writes on SIGKILL.
 */
public final class MongoEmulator {
  /** It reads whole collections for want of indexes, and pages that are not in the cache are parsed anew each time. */
  private static final int CACHE_MB = 512;

  /** The driver asks for wire version 9 or later; the server can no more than what it could before. */
  private static final class Version44 implements MongoVersion {
    @Override
    public List<Integer> getVersionArray() {
      return List.of(4, 4, 0);
    }

    @Override
    public int getWireVersion() {
      return 9;
    }
  }

  /** Commits before each reply. One request at a time, so that no commit holds half of another one. */
  private static final class CommittingBackend extends H2Backend {
    private CommittingBackend(MVStore store) {
      super(store);
    }

    @Override
    public synchronized Document handleMessage(MongoMessage message) {
      try {
        return super.handleMessage(message);
      } finally {
        commit();
      }
    }

    @Override
    public synchronized Document handleCommand(Channel channel, String database, String command, Document query) {
      try {
        return super.handleCommand(channel, database, command, query);
      } finally {
        commit();
      }
    }

    @Override
    public synchronized QueryResult handleQuery(MongoQuery query) {
      return super.handleQuery(query);
    }
  }

  public static void main(String[] args) {
    String file = args[0];
    boolean isInBackground = args.length > 2 && args[2].equals("commit-in-background");
    H2Backend backend =
        isInBackground
            ? new H2Backend(file)
            : new CommittingBackend(
                new MVStore.Builder().fileName(file).cacheSize(CACHE_MB).autoCommitDisabled().open());
    backend.version(new Version44());
    MongoServer server = new MongoServer(backend);
    server.bind("127.0.0.1", Integer.parseInt(args[1]));
    System.out.println("listening " + server.getLocalAddress().getPort());
  }
}
