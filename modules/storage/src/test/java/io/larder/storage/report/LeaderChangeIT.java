package io.larder.storage.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.wire.IdentityRequest;
import io.larder.protocol.wire.MemberReply;
import io.larder.protocol.wire.Reply;
import io.larder.protocol.wire.TrackerRequest;
import io.larder.protocol.wire.Unserved;
import io.larder.transport.address.HostPort;
import io.larder.transport.peer.PeerOptions;
import io.larder.transport.peer.PeerPool;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Two leaders (S2 §1.2), and the question for the group (S2 §1.0 step 1).
class LeaderChangeIT {
  private final Vertx vertx = Vertx.vertx();
  private boolean oldLeads;

  @AfterEach
  void end() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void oldLeaderThatHasStoppedGivesWay() throws Exception {
    var old = new ScriptedTracker(vertx, this::answer);
    var named = new ScriptedTracker(vertx, this::answer);

    assertThat(settle(at(old), at(named))).hasValue(at(named));
    assertThat(named.requests).isEmpty();
  }

  @Test
  void oldLeaderThatCannotBeReachedGivesWay() throws Exception {
    var named = new ScriptedTracker(vertx, this::answer);

    assertThat(settle(new HostPort("127.0.0.1", 1), at(named))).hasValue(at(named));
  }

  @Test
  void twoLeadersAreBothToldToChooseAgain() throws Exception {
    oldLeads = true;
    var old = new ScriptedTracker(vertx, this::answer);
    var named = new ScriptedTracker(vertx, this::answer);

    assertThat(settle(at(old), at(named))).isEmpty();
    await().untilAsserted(() -> assertThat(old.asked(Unserved.class)).hasSize(1));
    assertThat(named.asked(Unserved.class)).containsExactly(new Unserved(68));
  }

  @Test
  void groupIsAskedOfTheTrackers() throws Exception {
    var tracker = new ScriptedTracker(vertx, this::answer);
    var address = new PeerAddress(List.of("127.0.0.1"), tracker.port());

    GroupName group =
        GroupQuestion.ask(vertx, List.of(address), 23000, options())
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);

    assertThat(group).isEqualTo(GroupName.of("pictures"));
    assertThat(tracker.requests).containsExactly(new IdentityRequest.GetGroupName("", 23000));
  }

  private Reply answer(TrackerRequest request) {
    return switch (request) {
      case IdentityRequest.GetGroupName _ -> new MemberReply.GroupOf("pictures");
      case Unserved _ -> new io.larder.protocol.wire.Done();
      default -> new MemberReply.TrackerState(oldLeads, 300, 0);
    };
  }

  private Optional<HostPort> settle(HostPort old, HostPort named) throws Exception {
    var settled = new CompletableFuture<Optional<HostPort>>();
    vertx
        .getOrCreateContext()
        .runOnContext(v ->
            new LeaderChange(new PeerPool(vertx, options()))
                .from(old, named)
                .onComplete(settled::complete, settled::completeExceptionally));
    return settled.get(20, TimeUnit.SECONDS);
  }

  private static PeerOptions options() {
    return PeerOptions.defaults().withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));
  }

  private static HostPort at(ScriptedTracker tracker) {
    return new HostPort("127.0.0.1", tracker.port());
  }
}
