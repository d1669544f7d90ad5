package io.larder.cluster.ledger;

import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.conf.PeerAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// The ledger of one tracker that agrees with nobody: no election, no engine.
///
/// A single tracker leads from the first join on. Of several, the one with the greatest address leads,
/// which all of them work out alike from the same list: at most one leader, and no fail-over.
///
/// Owner of the state: the executor given, which runs one task at a time.
public final class StandingLedger implements Ledger {
  private final Executor owner;

  // written by the owner only; volatile so that any thread reads the newest
  private volatile Leadership now = Leadership.NONE;
  private List<PeerAddress> trackers = List.of();

  public StandingLedger(Executor owner) {
    this.owner = owner;
  }

  @Override
  public Leadership leadership() {
    return now;
  }

  @Override
  public CompletionStage<Leadership> named(PeerAddress self, List<PeerAddress> all) {
    return onOwner(() -> {
      boolean news = now.self().isEmpty() || !trackers.equals(all);
      trackers = List.copyOf(all);
      return news ? lead(Optional.of(self), Collections.max(trackers)) : now;
    });
  }

  @Override
  public CompletionStage<Leadership> reselect() {
    return onOwner(() -> {
      if (!now.isMine()) {
        throw new RefusedException(Status.EOPNOTSUPP, "this tracker does not lead");
      }
      PeerAddress standing = Collections.max(trackers);
      now = new Leadership(now.self(), Optional.empty(), now.changes() + 1);
      return lead(now.self(), standing);
    });
  }

  private Leadership lead(Optional<PeerAddress> self, PeerAddress leader) {
    Optional<PeerAddress> next = Optional.of(leader);
    boolean moved = !now.leader().equals(next) || !now.self().equals(self);
    now = new Leadership(self, next, moved ? now.changes() + 1 : now.changes());
    return now;
  }

  private CompletionStage<Leadership> onOwner(Supplier<Leadership> work) {
    return CompletableFuture.supplyAsync(work, owner);
  }
}
