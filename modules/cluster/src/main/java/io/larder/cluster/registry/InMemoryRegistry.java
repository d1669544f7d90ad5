package io.larder.cluster.registry;

import io.larder.cluster.view.ClusterView;
import io.larder.platform.WallClock;
import io.larder.protocol.RefusedException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/// A registry of one process. Owner of the state: the executor given, which must run one task at a
/// time (an event loop does).
public final class InMemoryRegistry implements Registry {
  private final AtomicReference<ClusterView> view;
  private final Rulebook rules;
  private final WallClock clock;
  private final Executor owner;
  private final Listener listener;

  /// @param start what is known from before, for example from the tracker's files
  /// @param owner runs one task at a time, in order
  /// @param listener gets every new view with its effects, on the owner's thread
  public InMemoryRegistry(
      ClusterView start, Rulebook rules, WallClock clock, Executor owner, Listener listener) {
    this.view = new AtomicReference<>(start);
    this.rules = rules;
    this.clock = clock;
    this.owner = owner;
    this.listener = listener;
  }

  @Override
  public ClusterView view() {
    return view.get();
  }

  @Override
  public <R> CompletionStage<R> apply(Change<R> change) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    owner.execute(() -> carryOut(change, answer));
    return answer;
  }

  private <R> void carryOut(Change<R> change, CompletableFuture<R> answer) {
    Step<R> step;
    try {
      step = change.on(view.get(), rules, clock.seconds());
    } catch (RefusedException refused) {
      answer.completeExceptionally(refused);
      return;
    } catch (RuntimeException bug) {
      // the view is as it was: whoever asked learns of our fault and closes its connection
      answer.completeExceptionally(bug);
      return;
    }
    view.set(step.view());
    if (!step.effects().isEmpty()) {
      listener.changed(step.view(), step.effects());
    }
    answer.complete(step.answer());
  }

  /// Learns what changes ask to be written down.
  public interface Listener {
    void changed(ClusterView view, List<Effect> effects);
  }
}
