package io.larder.cluster.registry;

import io.larder.cluster.view.ClusterView;

/// One thing that happened, and the pure rule of what it does to the cluster view.
///
/// A change is a value without references to sockets or threads, so that a registry may carry it to
/// wherever the state lives.
///
/// @param <R> what whoever reported it is answered
public interface Change<R> {
  /// Carries the rule out.
  ///
  /// @param now epoch seconds
  /// @throws io.larder.protocol.RefusedException when it must not happen; nothing changes then
  Step<R> on(ClusterView view, Rulebook rules, long now);
}
