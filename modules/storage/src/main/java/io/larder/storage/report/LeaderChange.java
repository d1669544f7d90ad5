package io.larder.storage.report;

import io.larder.client.exchange.Exchange;
import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.Header;
import io.larder.protocol.wire.MemberReply;
import io.larder.protocol.wire.MemberRequest;
import io.larder.transport.address.HostPort;
import io.larder.transport.peer.PeerPool;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a storage does when it is told of another leading tracker than the one it knew (S2 §1.2): it asks the old one;
/// if that still leads too, both are told to choose again (68), and nobody is the leader until they have.
///
/// Owner: the event loop of the reporter.
final class LeaderChange {
  private static final Logger LOGGER = LoggerFactory.getLogger(LeaderChange.class);

  private final PeerPool peers;

  LeaderChange(PeerPool peers) {
    this.peers = peers;
  }

  /// Answers who leads now; empty when two of them think so.
  Future<Optional<HostPort>> from(HostPort old, HostPort named) {
    return leads(old)
        .compose(stillLeads -> {
          if (!stillLeads) {
            return Future.succeededFuture(Optional.of(named));
          }
          LOGGER.warn("peer={} and peer={} both lead; they are told to choose again", old, named);
          return Future.join(chooseAgain(old), chooseAgain(named))
              .transform(told -> Future.succeededFuture(Optional.empty()));
        });
  }

  /// An old leader that does not answer leads no more.
  private Future<Boolean> leads(HostPort tracker) {
    return peers
        .connect(tracker)
        .compose(connection ->
            new Exchange(connection)
                .ask(new MemberRequest.TrackerGetStatus(), MemberReply.TrackerState.class)
                .map(MemberReply.TrackerState::leader)
                .onComplete(done -> connection.close()))
        .otherwise(false);
  }

  private Future<?> chooseAgain(HostPort tracker) {
    ByteBuf notice = Unpooled.buffer(Header.SIZE);
    new Header(0, Command.NOTIFY_RESELECT_LEADER.code(), 0).write(notice);
    return peers
        .connect(tracker)
        .compose(connection -> connection.call(notice, 0).onComplete(done -> connection.close()))
        .onFailure(fault -> LOGGER.debug("peer={} not told: {}", tracker, fault.getMessage()));
  }
}
