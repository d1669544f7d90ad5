package io.larder.tracker.session;

import io.larder.cluster.admin.AppointTrunkServer;
import io.larder.cluster.join.Caller;
import io.larder.cluster.join.JoinStorage;
import io.larder.cluster.join.JoinedStorage;
import io.larder.cluster.ledger.Leadership;
import io.larder.cluster.registry.Change;
import io.larder.cluster.report.Disconnected;
import io.larder.cluster.report.Heard;
import io.larder.cluster.report.Member;
import io.larder.cluster.report.News;
import io.larder.cluster.view.GroupView;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.ChangeBody;
import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.Join;
import io.larder.protocol.wire.MemberReply;
import io.larder.protocol.wire.Reply;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The storage that has joined over one connection, if one has, and what that connection was told.
///
/// ```
///   STRANGER --81--> MEMBER --81 again--> MEMBER --closed--> GONE
/// ```
///
/// Owner: the event loop of the connection.
final class MemberDesk {
  private static final Logger LOGGER = LoggerFactory.getLogger(MemberDesk.class);
  private static final BitSet FOR_MEMBERS = new BitSet();

  static {
    List.of(
            Command.CHANGE_STATUS,
            Command.FETCH_TRUNK_FID,
            Command.REPORT_TRUNK_FID,
            Command.REPORT_TRUNK_FREE,
            Command.SYNC_DEST_QUERY,
            Command.STORAGE_BEAT,
            Command.REPORT_DISK_USAGE,
            Command.REPLICA_CHG,
            Command.SYNC_DEST_REQ,
            Command.SYNC_NOTIFY,
            Command.SYNC_REPORT)
        .forEach(command -> FOR_MEMBERS.set(command.code()));
  }

  private final TrackerParts parts;
  private final Vantage vantage;
  private final Answerer answerer;
  private final long connection;
  private @Nullable Member member;
  private News.Seen seen = News.Seen.NOTHING;
  private boolean closed;

  MemberDesk(TrackerParts parts, Vantage vantage, Answerer answerer) {
    this.parts = parts;
    this.vantage = vantage;
    this.answerer = answerer;
    this.connection = parts.connectionNumbers().incrementAndGet();
  }

  /// Lets a command pass that only a joined storage may send (S2 §0.2); C crashes on 79 and 88.
  void check(int command) {
    if (member == null && FOR_MEMBERS.get(command)) {
      throw new RefusedException(
          Status.EACCES, "command " + command + " needs a join on this connection");
    }
  }

  /// Who has joined here.
  Optional<Member> member() {
    return Optional.ofNullable(member);
  }

  /// Who has joined here; a command that needs it has passed [#check].
  Member joined() {
    Member now = member;
    if (now == null) {
      throw new RefusedException(Status.EACCES, "nobody has joined on this connection");
    }
    return now;
  }

  /// Command 81.
  void join(Join ask) {
    JoinStorage change = new JoinStorage(ask, caller(), parts.archive().changelogSize());
    answerer.after(
        parts
            .registry()
            .apply(change)
            .whenComplete((_, failure) -> logRefusal(ask, failure))
            .thenCompose(joined ->
                parts.ledger().named(joined.self(), joined.trackers()).thenApply(_ -> joined)),
        this::welcome);
  }

  private Caller caller() {
    List<PeerAddress> advertised =
        parts
            .settings()
            .advertised()
            .map(ours -> List.of(new PeerAddress(List.of(ours.ip()), vantage.localPort())))
            .orElse(List.of());
    return new Caller(
        connection,
        vantage.peerIp(),
        vantage.sameHost(),
        List.of(vantage.localIp()),
        vantage.localPort(),
        advertised);
  }

  private void logRefusal(Join ask, @Nullable Throwable failure) {
    if (failure != null) {
      LOGGER.warn(
          "group={} peer={} join refused: {}", ask.group(), vantage.peerIp(), failure.getMessage());
    }
  }

  private Reply welcome(JoinedStorage joined) {
    Member before = member;
    if (before != null && !before.equals(joined.member())) {
      leave(before);
    }
    member = joined.member();
    seen = News.Seen.NOTHING;
    parts.counters().join();
    LOGGER.info(
        "group={} storage={} peer={} joined as {}",
        joined.member().group(),
        joined.member().id(),
        vantage.peerIp(),
        joined.status());
    if (closed) {
      leave(joined.member());
    }
    return new MemberReply.Joined(
        joined.status().code(), joined.source().map(StorageId::text).orElse(""));
  }

  /// A command that is answered with what is new in the cluster (83, 84).
  void heard(Change<Heard> change) {
    answerer.after(
        parts.registry().apply(change),
        heard -> {
          if (heard.entered()) {
            seen = seen.withoutGroup();
            appointTrunkServer();
          }
          return news();
        });
  }

  /// Any other change: its answer is turned into a reply.
  <R> void changed(Change<R> change, Function<R, Reply> reply) {
    answerer.after(parts.registry().apply(change), reply);
  }

  /// What this connection has not been told yet (S2 §1.2).
  Reply news() {
    GroupView group = parts.registry().view().group(joined().group()).orElse(null);
    if (group == null) {
      return ChangeBody.NOTHING;
    }
    Leadership leadership = parts.ledger().leadership();
    News news = News.since(seen, leadership, group, parts.settings().conf().trunk().enabled());
    seen = news.seen();
    return Briefs.body(news, leadership, group, vantage);
  }

  private void appointTrunkServer() {
    String group = joined().group().text();
    boolean needed =
        parts.settings().conf().trunk().enabled()
            && parts.ledger().leadership().isMine()
            && parts
                .registry()
                .view()
                .group(group)
                .filter(g -> g.trunk().server().isEmpty())
                .isPresent();
    if (needed) {
      parts
          .registry()
          .apply(new AppointTrunkServer(group, ""))
          .whenComplete((server, refused) -> {
            if (refused == null) {
              LOGGER.info("group={} storage={} is the trunk server", group, server);
            } else {
              LOGGER.warn("group={} no trunk server: {}", group, refused.getMessage());
            }
          });
    }
  }

  /// The connection has ended.
  void close() {
    closed = true;
    Member now = member;
    if (now != null) {
      leave(now);
    }
  }

  private void leave(Member who) {
    parts
        .registry()
        .apply(new Disconnected(who))
        .whenComplete((left, failure) -> {
          if (failure != null) {
            LOGGER.error("group={} storage={} not taken out", who.group(), who.id(), failure);
          } else if (left) {
            LOGGER.info("group={} storage={} disconnected", who.group(), who.id());
          }
        });
  }
}
