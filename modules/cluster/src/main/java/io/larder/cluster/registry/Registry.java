package io.larder.cluster.registry;

import io.larder.cluster.view.ClusterView;
import java.util.concurrent.CompletionStage;

/// What trackers know of groups and storages. Readers take the newest view without waiting; changes go
/// one after the other to whoever owns the state.
///
/// It is soft state: every beat of a storage builds it up again.
public interface Registry {
  /// The newest view; any thread, never waits.
  ClusterView view();

  /// Carries a change out. Any thread; the stage completes on the owner's thread, with
  /// `RefusedException` when the rule refused it.
  <R> CompletionStage<R> apply(Change<R> change);
}
