package io.larder.tracker.session;

import io.larder.cluster.admin.AppointTrunkServer;
import io.larder.cluster.admin.DeleteGroup;
import io.larder.cluster.admin.DeleteStorage;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.wire.AdminRequest;
import io.larder.protocol.wire.Done;
import io.larder.protocol.wire.MemberReply;
import io.larder.protocol.wire.Reply;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commands 93, 94 and 108: what operators ask for (S1 §3.8).
final class AdminAnswers {
  private static final Logger LOGGER = LoggerFactory.getLogger(AdminAnswers.class);

  private final TrackerParts parts;

  AdminAnswers(TrackerParts parts) {
    this.parts = parts;
  }

  CompletionStage<? extends Reply> answer(AdminRequest request, Vantage vantage) {
    return switch (request) {
      case AdminRequest.DeleteStorage(String group, String id) ->
          parts
              .registry()
              .apply(new DeleteStorage(group, id))
              .thenApply(_ -> {
                LOGGER.info("group={} storage={} deleted by peer={}", group, id, vantage.peerIp());
                return new Done();
              });
      case AdminRequest.DeleteGroup(String group) ->
          parts
              .registry()
              .apply(new DeleteGroup(group))
              .thenApply(_ -> {
                LOGGER.info("group={} deleted by peer={}", group, vantage.peerIp());
                return new Done();
              });
      case AdminRequest.SetTrunkServer(String group, String id) -> trunkServer(group, id);
    };
  }

  private CompletionStage<? extends Reply> trunkServer(String group, String id) {
    boolean trunk = parts.settings().conf().trunk().enabled();
    if (!trunk || !parts.ledger().leadership().isMine()) {
      throw new RefusedException(
          Status.EOPNOTSUPP, "trunk files are off, or another tracker appoints trunk servers");
    }
    return parts
        .registry()
        .apply(new AppointTrunkServer(group, id))
        .thenApply(server -> new MemberReply.TrunkServer(server.text()));
  }
}
