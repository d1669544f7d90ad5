package io.larder.storage.report;

import io.larder.client.route.Servers;
import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.wire.IdentityRequest;
import io.larder.protocol.wire.MemberReply;
import io.larder.transport.peer.PeerOptions;
import io.larder.transport.peer.PeerPool;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;

/// Asks the trackers which group this storage belongs to, for a storage.conf without `group_name` (109, S2 §1.0 step 1).
/// The trackers find the storage by its address in their storage_ids.conf.
public final class GroupQuestion {
  private GroupQuestion() {}

  /// Asks each tracker in turn until one answers.
  ///
  /// @param port the port of this storage
  public static Future<GroupName> ask(
      Vertx vertx, List<PeerAddress> trackers, int port, PeerOptions connecting) {
    Promise<GroupName> answer = Promise.promise();
    vertx
        .getOrCreateContext()
        .runOnContext(start -> {
          PeerPool peers = new PeerPool(vertx, connecting);
          new Servers(peers, trackers)
              .askTracker(new IdentityRequest.GetGroupName("", port), MemberReply.GroupOf.class)
              .map(reply -> GroupName.of(reply.group()))
              .onComplete(done -> peers.close())
              .onComplete(answer);
        });
    return answer.future();
  }
}
