package io.larder.tracker.session;

import io.larder.cluster.select.StoreChoice;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.wire.AddressWidth;
import io.larder.protocol.wire.Reply;
import io.larder.protocol.wire.Routes;
import io.larder.protocol.wire.RoutingRequest;
import java.util.List;
import java.util.Optional;

/// Commands 101 to 107: where to store, where to find (S1 §2). The hot path of a tracker: reads the
/// newest view and answers at once.
final class RoutingAnswers {
  private final TrackerParts parts;
  private final AddressWidth width;

  RoutingAnswers(TrackerParts parts) {
    this.parts = parts;
    this.width = parts.width();
  }

  Reply answer(RoutingRequest request, Vantage vantage) {
    ClusterView view = parts.registry().view();
    return switch (request) {
      case RoutingRequest.StoreOne(Optional<String> group) -> storeOne(view, group, vantage);
      case RoutingRequest.StoreAll(Optional<String> group) -> storeAll(view, group, vantage);
      case RoutingRequest.FetchOne(String group, String name) ->
          one(group, parts.fetch().fetchOne(view, group, name, parts.clock().seconds()), vantage);
      case RoutingRequest.Update(String group, String name) ->
          one(group, parts.fetch().update(view, group, name), vantage);
      case RoutingRequest.FetchAll(String group, String name) ->
          new Routes.FetchAll(
              width,
              group,
              endpoints(
                  parts.fetch().fetchAll(view, group, name, parts.clock().seconds()), vantage));
    };
  }

  private Reply storeOne(ClusterView view, Optional<String> group, Vantage vantage) {
    StoreChoice choice =
        group.isPresent() ? parts.store().choose(view, group.get()) : parts.store().choose(view);
    return new Routes.StoreOne(
        width, choice.group().name().text(), vantage.endpoint(choice.storage()), choice.path());
  }

  private Reply storeAll(ClusterView view, Optional<String> group, Vantage vantage) {
    StoreChoice choice =
        group.isPresent()
            ? parts.store().chooseAll(view, group.get())
            : parts.store().chooseAll(view);
    return new Routes.StoreAll(
        width,
        choice.group().name().text(),
        endpoints(choice.group().writable(), vantage),
        choice.path());
  }

  private Reply one(String group, StorageView storage, Vantage vantage) {
    return new Routes.FetchOne(width, group, vantage.endpoint(storage));
  }

  private static List<Routes.Endpoint> endpoints(List<StorageView> storages, Vantage vantage) {
    return storages.stream().map(vantage::endpoint).toList();
  }
}
