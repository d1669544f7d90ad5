package io.larder.cluster.registry;

import io.larder.cluster.view.ClusterView;
import java.util.List;

/// What a change leads to.
///
/// @param view the view from now on
/// @param answer for whoever reported the change
/// @param effects to be carried out by the registry's listener, in order
public record Step<R>(ClusterView view, R answer, List<Effect> effects) {
  public Step {
    effects = List.copyOf(effects);
  }

  public static <R> Step<R> of(ClusterView view, R answer, Effect... effects) {
    return new Step<>(view, answer, List.of(effects));
  }
}
