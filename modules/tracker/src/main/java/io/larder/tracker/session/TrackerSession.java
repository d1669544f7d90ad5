package io.larder.tracker.session;

import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.wire.ActiveTest;
import io.larder.protocol.wire.AdminRequest;
import io.larder.protocol.wire.BodyWriter;
import io.larder.protocol.wire.Header;
import io.larder.protocol.wire.IdentityRequest;
import io.larder.protocol.wire.ListingRequest;
import io.larder.protocol.wire.MemberRequest;
import io.larder.protocol.wire.Quit;
import io.larder.protocol.wire.Reply;
import io.larder.protocol.wire.RoutingRequest;
import io.larder.protocol.wire.SyncSourceRequest;
import io.larder.protocol.wire.TrackerRequest;
import io.larder.protocol.wire.TrunkReport;
import io.larder.protocol.wire.Unserved;
import io.larder.transport.server.FrameConnection;
import io.larder.transport.server.Session;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection with a client, a storage or another tracker. A refusal never closes it (S1 §1.3).
///
/// Owner: the event loop of the connection.
public final class TrackerSession implements Session, Answerer {
  private static final Logger LOGGER = LoggerFactory.getLogger(TrackerSession.class);

  /// Room for the answer to any routing request.
  private static final int REPLY_BYTES = 118;

  private final FrameConnection connection;
  private final TrackerParts parts;
  private final Vantage vantage;
  private final MemberDesk desk;
  private final Answers answers;

  /// The answers that belong to a connection; those of a tracker are shared by all of them.
  private record Answers(
      RoutingAnswers routing,
      ListingAnswers listing,
      IdentityAnswers identity,
      AdminAnswers admin,
      MemberAnswers member,
      SyncAnswers sync,
      PeerAnswers peer) {}

  /// The answers that need no connection, made once per tracker.
  public static final class Shared {
    private final TrackerParts parts;
    private final RoutingAnswers routing;
    private final ListingAnswers listing;
    private final IdentityAnswers identity;
    private final AdminAnswers admin;

    public Shared(TrackerParts parts) {
      this.parts = parts;
      this.routing = new RoutingAnswers(parts);
      this.listing = new ListingAnswers(parts);
      this.identity = new IdentityAnswers(parts);
      this.admin = new AdminAnswers(parts);
    }
  }

  public TrackerSession(FrameConnection connection, Shared shared) {
    this.connection = connection;
    this.parts = shared.parts;
    this.vantage = new Vantage(connection.peer(), connection.local(), parts.settings());
    this.desk = new MemberDesk(parts, vantage, this);
    this.answers =
        new Answers(
            shared.routing,
            shared.listing,
            shared.identity,
            shared.admin,
            new MemberAnswers(parts, vantage, desk, this),
            new SyncAnswers(parts, desk, this),
            new PeerAnswers(parts, vantage, this));
  }

  @Override
  public void request(int command, int flags, ByteBuf body) {
    parts.counters().request(command);
    try {
      desk.check(command);
      dispatch(TrackerRequest.read(new Header(body.readableBytes(), command, flags), body));
    } catch (RefusedException refused) {
      parts.counters().refusal();
      throw refused;
    } finally {
      body.release();
    }
  }

  private void dispatch(TrackerRequest request) {
    switch (request) {
      case RoutingRequest ask -> now(answers.routing.answer(ask, vantage));
      case ListingRequest ask -> now(answers.listing.answer(ask, vantage));
      case IdentityRequest ask -> now(answers.identity.answer(ask, vantage));
      case AdminRequest ask -> after(answers.admin.answer(ask, vantage), reply -> reply);
      case MemberRequest ask -> answers.member.answer(ask);
      case SyncSourceRequest ask -> answers.sync.answer(ask);
      case TrunkReport ask -> answers.sync.answer(ask);
      case Unserved(int code) -> answers.peer.answer(code);
      case ActiveTest _ -> connection.reply(Status.OK);
      case Quit _ -> connection.abort();
    }
  }

  @Override
  public void now(Reply reply) {
    ByteBuf frame = connection.frame(REPLY_BYTES);
    boolean written = false;
    try {
      reply.writeBody(new BodyWriter(frame));
      written = true;
    } finally {
      if (!written) {
        frame.release();
      }
    }
    connection.reply(frame);
  }

  @Override
  public <R> void after(CompletionStage<R> stage, Function<R, Reply> reply) {
    stage.whenComplete((result, failure) -> {
      if (connection.loop().inEventLoop()) {
        finish(result, failure, reply);
      } else {
        connection.loop().execute(() -> finish(result, failure, reply));
      }
    });
  }

  private <R> void finish(R result, @Nullable Throwable failure, Function<R, Reply> reply) {
    try {
      if (failure != null) {
        fail(failure);
      } else {
        now(reply.apply(result));
      }
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void fail(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof RefusedException refused) {
      parts.counters().refusal();
      LOGGER.debug("peer={} refused: {}", vantage.peerIp(), refused.getMessage());
      connection.reply(refused.status());
    } else {
      LOGGER.error("peer={} connection closed after a fault", vantage.peerIp(), cause);
      connection.abort();
    }
  }

  @Override
  public void closed() {
    desk.close();
  }
}
